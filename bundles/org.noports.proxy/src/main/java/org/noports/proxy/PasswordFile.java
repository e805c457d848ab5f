package org.noports.proxy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Set;
import org.noports.api.Secret;

/** A file with a password, which its owner alone may read. */
final class PasswordFile {
  private static final int LONGEST = 4096;

  private PasswordFile() {}

  /**
   * The password: all of the file without line ends behind it.
   *
   * @throws IOException with a full sentence
   */
  static Secret read(Path file) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (!Files.isReadable(file) || Files.size(file) > LONGEST) {
      throw new IOException("'passwordFile' " + file + " is not there, unreadable or no password");
    }
    // Where the file system knows no such permissions there is nothing to check.
    if (view != null && isOpenToOthers(view.readAttributes().permissions())) {
      throw new IOException(
          "'passwordFile' " + file + " can be read by others; say: chmod 600 " + file);
    }
    byte[] bytes = Files.readAllBytes(file);
    int end = bytes.length;
    while (end > 0 && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) {
      end--;
    }
    Secret password = Secret.owning(Arrays.copyOf(bytes, end));
    Arrays.fill(bytes, (byte) 0);
    return password;
  }

  private static boolean isOpenToOthers(Set<PosixFilePermission> permissions) {
    return permissions.stream()
        .anyMatch(it -> it.name().startsWith("GROUP_") || it.name().startsWith("OTHERS_"));
  }
}
