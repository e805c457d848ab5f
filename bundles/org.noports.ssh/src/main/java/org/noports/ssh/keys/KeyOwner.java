package org.noports.ssh.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;

/**
 * Whose key files are: what replaces one has its owner, group and mode; a first one belongs to the
 * account, and nobody else may read it.
 *
 * @param account a login name
 */
record KeyOwner(String account) {
  /** Makes the folder of a first file. */
  void makeFolder(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Files.createDirectory(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    give(folder);
  }

  /** Makes {@code fresh} look as {@code file} does. */
  void dress(Path fresh, Path file) throws IOException {
    if (!Files.exists(file)) {
      give(fresh);
      return;
    }
    PosixFileAttributes worn = Files.readAttributes(file, PosixFileAttributes.class);
    PosixFileAttributeView view = view(fresh);
    PosixFileAttributes now = view.readAttributes();
    if (!now.owner().equals(worn.owner())) {
      view.setOwner(worn.owner());
    }
    if (!now.group().equals(worn.group())) {
      view.setGroup(worn.group());
    }
    view.setPermissions(worn.permissions());
  }

  private void give(Path file) throws IOException {
    UserPrincipal owner =
        file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(account);
    if (!view(file).getOwner().equals(owner)) {
      view(file).setOwner(owner);
    }
  }

  private static PosixFileAttributeView view(Path file) {
    return Files.getFileAttributeView(file, PosixFileAttributeView.class);
  }
}
