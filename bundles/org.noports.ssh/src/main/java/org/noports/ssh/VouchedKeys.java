package org.noports.ssh;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.noports.api.Target;
import org.noports.api.ssh.SshAtDevice;
import org.noports.api.ssh.SshPublicKey;

/**
 * The public host keys of the device's own sshd, as its operator names their files.
 *
 * @param files patterns of paths; empty if he vouches for none
 * @param port where sshd listens
 */
record VouchedKeys(List<Path> files, int port) {
  /** Files of OpenSSH's are below one kilobyte. */
  private static final long LONGEST = 16 * 1024;

  private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "::1");

  VouchedKeys {
    files = List.copyOf(files);
    requireNonNull(files, "files is null");
  }

  /**
   * Reads the configuration.
   *
   * @throws IOException with a full sentence, if it cannot be so
   */
  static VouchedKeys of(SshServerConfig configuration) throws IOException {
    List<Path> files =
        Arrays.stream(configuration.sshdHostKeys().split(","))
            .map(String::trim)
            .filter(path -> !path.isEmpty())
            .map(Path::of)
            .toList();
    for (Path file : files) {
      if (!file.isAbsolute()) {
        throw new IOException("sshdHostKeys: " + file + " is no absolute path");
      }
    }
    return new VouchedKeys(files, SshSettings.within("sshdPort", configuration.sshdPort(), 65_535));
  }

  /** Whether sshd is what stands at that target. */
  boolean isSshd(Target target) {
    return target instanceof Target.Tcp tcp
        && tcp.address().port() == port
        && HERE.contains(tcp.address().host());
  }

  /**
   * The keys of now; empty if the operator vouches for none.
   *
   * @throws IOException with a full sentence, if a file is no public key or there is none
   */
  List<SshPublicKey> read() throws IOException {
    List<SshPublicKey> keys = new ArrayList<>();
    for (Path pattern : files) {
      try (DirectoryStream<Path> found =
          Files.newDirectoryStream(pattern.getParent(), pattern.getFileName().toString())) {
        for (Path file : found) {
          keys.add(key(file));
        }
      }
    }
    if (!files.isEmpty() && keys.isEmpty()) {
      throw new IOException("sshdHostKeys: there is no file " + files);
    }
    if (keys.size() > SshAtDevice.MOST_KEYS) {
      throw new IOException(
          "sshdHostKeys: more than " + SshAtDevice.MOST_KEYS + " keys in " + files);
    }
    return List.copyOf(keys);
  }

  private static SshPublicKey key(Path file) throws IOException {
    try {
      if (Files.size(file) > LONGEST) {
        throw new IOException("sshdHostKeys: " + file + " is too long for a public key");
      }
      return SshPublicKey.of(Files.readString(file));
    } catch (IllegalArgumentException e) {
      throw new IOException("sshdHostKeys: " + file + " is no public key of SSH", e);
    }
  }
}
