package org.noports.atserver.pq;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.noports.api.AtSign;
import org.noports.api.IdentityUnusable;
import org.noports.api.Secret;

/**
 * The seeds of the keys that we publish, one file for each atSign and namespace, one line for each
 * key: its name, its algorithm and the seed in base64. The last line is the one that is published;
 * earlier ones still open what was sealed to them. Reads and writes files: not for an I/O loop.
 */
final class OwnSeeds {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final Path folder;

  OwnSeeds(Path folder) {
    this.folder = requireNonNull(folder, "folder is null");
  }

  /** A key's seed, and what it is called. */
  record Seed(String kid, Profile.Names names, Secret secret) {
    private String line() {
      byte[] bytes = secret.exposeSecretBytes();
      try {
        return kid + " " + names.algorithm + " " + Base64.getEncoder().encodeToString(bytes);
      } finally {
        Arrays.fill(bytes, (byte) 0);
      }
    }

    @Override
    public String toString() {
      return "Seed[" + kid + "]";
    }
  }

  private Path file(AtSign owner, String namespace) throws IdentityUnusable {
    Path file = folder.resolve(owner.bare() + "_" + namespace + ".seeds").normalize();
    if (!folder.equals(file.getParent())) {
      throw new IdentityUnusable("'" + namespace + "' of " + owner + " is no name of a file");
    }
    return file;
  }

  /** All of them, oldest first; none if there is no file. */
  List<Seed> of(AtSign owner, String namespace) throws IdentityUnusable {
    Path file = file(owner, namespace);
    try {
      Set<PosixFilePermission> open = Files.getPosixFilePermissions(file);
      if (!OWNER_ONLY.containsAll(open)) {
        throw new IdentityUnusable(
            "The keys in " + file + " may be read by others on this machine: chmod 600 " + file);
      }
      List<Seed> seeds = new ArrayList<>();
      for (String line : Files.readAllLines(file)) {
        seeds.add(seed(line));
      }
      return List.copyOf(seeds);
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException | IllegalArgumentException e) {
      throw new IdentityUnusable("The keys in " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static Seed seed(String line) {
    String[] parts = line.split(" ");
    Optional<Profile.Names> names =
        parts.length == 3 ? Profile.Names.ofAlgorithm(parts[1]) : Optional.empty();
    byte[] seed = names.isPresent() ? Base64.getDecoder().decode(parts[2]) : new byte[0];
    if (names.isEmpty() || seed.length != names.get().suite.sizes().seed()) {
      throw new IllegalArgumentException("a line of it holds no seed");
    }
    return new Seed(parts[0], names.get(), Secret.owning(seed));
  }

  /** Adds one behind the others, before anything is sealed to it. */
  void add(AtSign owner, String namespace, Seed fresh) throws IdentityUnusable {
    Path file = file(owner, namespace);
    List<String> lines = new ArrayList<>();
    of(owner, namespace).forEach(each -> lines.add(each.line()));
    lines.add(fresh.line());
    try {
      Files.createDirectories(folder);
      Path written =
          Files.createTempFile(
              folder, "new", ".seeds", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      Files.write(written, lines);
      Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new IdentityUnusable("No key can be kept in " + file + ": " + e.getMessage(), e);
    }
  }
}
