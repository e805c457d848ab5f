package org.noports.ssh;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.noports.api.Target;
import org.noports.api.ssh.SshAtDevice;
import org.noports.api.ssh.SshPublicKey;

/**
 * The public host keys of the device's own sshd, as its operator names their files.
 *
 * @param files patterns of paths; empty if he vouches for none
 * @param port where sshd listens
 * @param wrong what is wrong with the configuration: then there are no files, though he named some
 */
record VouchedKeys(List<Path> files, int port, Optional<String> wrong) {
  /** Files of OpenSSH's are below one kilobyte. */
  private static final long LONGEST = 16 * 1024;

  private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "::1");
  private static final int USUAL_PORT = 22;

  VouchedKeys {
    files = List.copyOf(files);
    requireNonNull(wrong, "wrong is null");
  }

  /** Nobody vouches for any. */
  static VouchedKeys none() {
    return new VouchedKeys(List.of(), USUAL_PORT, Optional.empty());
  }

  /** Reads the configuration. A mistake in it is kept: it must not look as if nothing was named. */
  static VouchedKeys of(SshServerConfig configuration) {
    int port = USUAL_PORT;
    try {
      port = SshSettings.within("sshdPort", configuration.sshdPort(), 65_535);
      List<Path> files = new ArrayList<>();
      for (String pattern : patterns(configuration.sshdHostKeys())) {
        files.add(path(pattern));
      }
      return new VouchedKeys(files, port, Optional.empty());
    } catch (IOException e) {
      return patterns(configuration.sshdHostKeys()).isEmpty()
          ? none()
          : new VouchedKeys(List.of(), port, Optional.of(e.getMessage()));
    }
  }

  private static List<String> patterns(String words) {
    return Arrays.stream(words.split(","))
        .map(String::trim)
        .filter(pattern -> !pattern.isEmpty())
        .toList();
  }

  private static Path path(String pattern) throws IOException {
    try {
      Path path = Path.of(pattern);
      if (!path.isAbsolute() || path.getFileName() == null) {
        throw new IOException("sshdHostKeys: " + pattern + " is no absolute path of a file");
      }
      FileSystems.getDefault().getPathMatcher("glob:" + path.getFileName());
      return path;
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "sshdHostKeys: "
              + pattern
              + " is no path and no pattern; a comma ends it even in braces, so write each by"
              + " itself",
          e);
    }
  }

  /** Whether the operator vouches for keys, right or wrong. */
  boolean areNamed() {
    return !files.isEmpty() || wrong.isPresent();
  }

  /** Whether sshd is what stands at that target. */
  boolean isSshd(Target target) {
    return target instanceof Target.Tcp tcp
        && tcp.address().port() == port
        && HERE.contains(tcp.address().host());
  }

  /**
   * What the files have now.
   *
   * @param keys those that could be read
   * @param problem a full sentence, if there are others that could not
   */
  record Found(List<SshPublicKey> keys, Optional<String> problem) {
    Found {
      keys = List.copyOf(keys);
    }
  }

  /** The keys of now. One file that cannot be read takes none of the others away. */
  Found read() {
    List<SshPublicKey> keys = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    wrong.ifPresent(problems::add);
    for (Path pattern : files) {
      try {
        read(pattern, keys, problems);
      } catch (IOException | RuntimeException e) {
        problems.add("sshdHostKeys: " + pattern + " cannot be read: " + e);
      }
    }
    if (keys.size() > SshAtDevice.MOST_KEYS) {
      problems.add("sshdHostKeys: more than " + SshAtDevice.MOST_KEYS + " keys in " + files);
      keys.clear();
    }
    return new Found(
        keys, problems.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", problems)));
  }

  private static void read(Path pattern, List<SshPublicKey> keys, List<String> problems)
      throws IOException {
    boolean any = false;
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(pattern.getParent(), pattern.getFileName().toString())) {
      for (Path file : found) {
        any = true;
        try {
          keys.add(key(file));
        } catch (IOException | RuntimeException e) {
          problems.add("sshdHostKeys: " + file + " is no public key of SSH: " + e);
        }
      }
    }
    if (!any) {
      problems.add("sshdHostKeys: there is no file " + pattern);
    }
  }

  private static SshPublicKey key(Path file) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) > LONGEST) {
      throw new IOException("it is no file, or longer than " + LONGEST + " bytes");
    }
    return SshPublicKey.of(Files.readString(file));
  }
}
