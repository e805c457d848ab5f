package org.noports.ssh.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import org.noports.ssh.command.Account;

/**
 * Whose key files are: what replaces one has its owner, group and mode; a first one belongs to the
 * account, and nobody else may read it.
 *
 * <p>Where this process is root and the account another, the account must not lead it elsewhere by
 * a link of its own: it would be given the files of others, or write into them.
 *
 * @param account of the device
 */
record KeyOwner(Account account) {
  private static final String ROOT = "root";

  /** Makes the folder of a first file. */
  void makeFolder(Path folder) throws IOException {
    requireNoDetour(folder);
    if (!Files.isDirectory(folder)) {
      make(folder);
    }
    if (!account.own() && !isOf(folder, account.name(), ROOT)) {
      throw new IOException(folder + " belongs neither to " + account.name() + " nor to root");
    }
  }

  /** Links of root's, such as another place for all homes, are the machine's own. */
  private void requireNoDetour(Path folder) throws IOException {
    for (Path part = folder; part != null && !account.own(); part = part.getParent()) {
      if (Files.isSymbolicLink(part) && !isOf(part, ROOT)) {
        throw new IOException(
            part
                + " is a symbolic link: root follows none that others have made; name the folder"
                + " itself in authorizedKeys");
      }
    }
  }

  private static boolean isOf(Path file, String... names) throws IOException {
    return List.of(names).contains(Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).getName());
  }

  private void make(Path folder) throws IOException {
    Files.createDirectory(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    give(folder);
  }

  /** Makes {@code fresh} look as {@code file} does. */
  void dress(Path fresh, Path file) throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      give(fresh);
      return;
    }
    PosixFileAttributes worn = view(file).readAttributes();
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
        file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(account.name());
    if (!view(file).getOwner().equals(owner)) {
      view(file).setOwner(owner);
    }
  }

  private static PosixFileAttributeView view(Path file) {
    return Files.getFileAttributeView(
        file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }
}
