package org.noports.ssh.client.hosts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.noports.api.StoreFailed;
import org.noports.api.ssh.SshPublicKey;

/**
 * The instance's own list of host keys, in OpenSSH's form (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT):
 * ssh reads it, and goes by it strictly. Replaced as a whole, so that ssh never meets half of it.
 */
public final class KnownHosts {
  /** OpenSSH's mark of a name that is only there as a hash: {@code |1|salt|HMAC-SHA1}. */
  private static final String HASHED = "|1|";

  private static final String MAC = "HmacSHA1";
  private static final int KEY = 1;

  private final Path file;

  /** That file, which need not be there yet. */
  public KnownHosts(Path file) {
    this.file = file.toAbsolutePath();
  }

  /** Where they are kept. */
  public Path file() {
    return file;
  }

  /** The keys that are known for that name. */
  public synchronized List<SshPublicKey> of(String name) throws StoreFailed {
    List<SshPublicKey> keys = new ArrayList<>();
    for (String line : lines()) {
      String[] words = line.trim().split("\\s+");
      if (words.length > KEY + 1 && isOf(name).test(line)) {
        try {
          keys.add(new SshPublicKey(words[KEY], words[KEY + 1]));
        } catch (IllegalArgumentException e) {
          // Somebody wrote it by hand: ssh passes over it too.
          continue;
        }
      }
    }
    return List.copyOf(keys);
  }

  /** Makes exactly these known for that name; touches nothing if they are. */
  public synchronized void set(String name, List<SshPublicKey> keys) throws StoreFailed {
    List<SshPublicKey> before = of(name);
    if (before.size() == keys.size() && before.containsAll(keys)) {
      return;
    }
    List<String> lines = new ArrayList<>(lines());
    lines.removeIf(isOf(name));
    keys.forEach(key -> lines.add(name + " " + key));
    write(lines);
  }

  private List<String> lines() throws StoreFailed {
    try {
      return Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new StoreFailed("The SSH host keys in " + file + " cannot be read: " + e, e);
    }
  }

  private void write(List<String> lines) throws StoreFailed {
    makeFolder(file);
    try {
      Path fresh = Files.createTempFile(file.getParent(), ".known", ".new");
      try {
        Files.write(fresh, lines);
        Files.move(
            fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      throw new StoreFailed("The SSH host keys in " + file + " cannot be written: " + e, e);
    }
  }

  /** Makes the folder of such a file, which is its owner's alone. */
  public static void makeFolder(Path file) throws StoreFailed {
    Path folder = file.getParent();
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw new StoreFailed(
          "There is no place for SSH host keys: " + folder + " cannot be made (" + e + ")", e);
    }
  }

  private static Predicate<String> isOf(String name) {
    return line -> {
      String first = line.trim().split("\\s+", 2)[0];
      return first.startsWith(HASHED)
          ? matches(first, name)
          : Arrays.asList(first.split(",")).contains(name);
    };
  }

  private static boolean matches(String hashed, String name) {
    String[] parts = hashed.substring(HASHED.length()).split("\\|");
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(Base64.getDecoder().decode(parts[0]), MAC));
      byte[] hash = mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
      return parts.length == 2 && Arrays.equals(hash, Base64.getDecoder().decode(parts[1]));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }
}
