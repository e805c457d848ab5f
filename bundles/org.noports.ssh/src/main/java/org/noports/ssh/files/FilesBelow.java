package org.noports.ssh.files;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.sshd.common.file.FileSystemFactory;
import org.apache.sshd.common.file.root.RootedFileSystemProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionContext;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** The subsystem {@code sftp} below the configured folder, which its clients see as {@code /}. */
public final class FilesBelow extends SftpSubsystemFactory implements FileSystemFactory {
  private final Supplier<Optional<Path>> root;
  private final Predicate<Session> recorded;

  /**
   * @param root the folder; empty if no files are served
   * @param recorded who has to be recorded: files are not, so such a client gets none
   */
  public FilesBelow(Supplier<Optional<Path>> root, Predicate<Session> recorded) {
    this.root = root;
    this.recorded = recorded;
    setFileSystemAccessor(new StayBelow());
    setErrorStatusDataHandler(new SayFullDisk());
  }

  @Override
  public Command createSubsystem(ChannelSession channel) throws IOException {
    if (root.get().isEmpty()) {
      throw new IOException(
          "This device serves no files: its owner sets sftpRoot in org.noports.ssh.cfg for that");
    }
    if (recorded.test(channel.getSession())) {
      throw new IOException("What this client does has to be recorded, and files cannot be");
    }
    return super.createSubsystem(channel);
  }

  @Override
  public Path getUserHomeDir(SessionContext session) throws IOException {
    return root.get().isPresent() ? root.get().get().toRealPath() : null;
  }

  @Override
  public FileSystem createFileSystem(SessionContext session) throws IOException {
    Path folder = getUserHomeDir(session);
    if (folder == null || !Files.isDirectory(folder)) {
      throw new IOException("sftpRoot is no folder: " + folder);
    }
    return new RootedFileSystemProvider().newFileSystem(folder, Map.of());
  }
}
