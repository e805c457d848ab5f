package org.noports.ssh.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.apache.sshd.common.file.root.RootedFileSystem;
import org.apache.sshd.sftp.server.SftpFileSystemAccessor;
import org.apache.sshd.sftp.server.SftpSubsystemProxy;

/**
 * Lets no path lead out of the root. Every operation finds its file here; links that stand there
 * are followed as far as they stay below it, and none are made over SFTP, so that nobody can change
 * one between this look and the use.
 */
final class StayBelow implements SftpFileSystemAccessor {
  @Override
  public Path resolveLocalFilePath(SftpSubsystemProxy subsystem, Path rootDir, String remote)
      throws IOException {
    Path found = SftpFileSystemAccessor.super.resolveLocalFilePath(subsystem, rootDir, remote);
    if (found.getFileSystem() instanceof RootedFileSystem rooted) {
      Path root = rooted.getRoot().toRealPath();
      check(root, root.resolve(relative(found)), remote);
    }
    return found;
  }

  private static String relative(Path rooted) {
    return rooted.toAbsolutePath().normalize().toString().replaceFirst("^/+", "");
  }

  /** What exists of it must really be below; a link to nowhere may be one to anywhere. */
  private static void check(Path root, Path local, String asked) throws IOException {
    Path existing = local;
    while (!Files.exists(existing, LinkOption.NOFOLLOW_LINKS) && !existing.equals(root)) {
      existing = existing.getParent();
    }
    try {
      if (!existing.toRealPath().startsWith(root)) {
        throw new AccessDeniedException(asked, null, "it leads out of what this device serves");
      }
    } catch (NoSuchFileException e) {
      throw new AccessDeniedException(asked, null, "it is a link that leads nowhere");
    }
  }

  @Override
  public void createLink(SftpSubsystemProxy subsystem, Path link, Path existing, boolean symbolic)
      throws IOException {
    throw new AccessDeniedException(link.toString(), null, "links are not made over SFTP here");
  }
}
