package org.noports.ssh.client.copy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClient.Attributes;
import org.apache.sshd.sftp.client.SftpClient.CloseableHandle;
import org.apache.sshd.sftp.client.SftpClient.OpenMode;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHPosixRenameExtension;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHStatPathExtension;
import org.apache.sshd.sftp.client.impl.AbstractSftpClient;
import org.apache.sshd.sftp.client.impl.SftpOutputStreamAsync;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;

/** The device's files, over SFTP 3, which all servers speak alike. */
final class There implements Side, AutoCloseable {
  /** A session that has lost its link looks for a way back; whether it is over, it says itself. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final int PERMISSIONS = 0777;
  private static final int PRIVATE = 0600;
  private static final int READ_ALL = 0444;

  /** As many as Linux follows. */
  private static final int MOST_LINKS = 40;

  private final ClientSession session;
  private final SftpClient sftp;
  private final String device;
  private Optional<Integer> usual = Optional.empty();

  private There(ClientSession session, SftpClient sftp, String device) {
    this.session = session;
    this.sftp = sftp;
    this.device = device;
  }

  static There of(ClientSession session, String device) throws IOException {
    AbstractSftpClient.SFTP_CLIENT_CMD_TIMEOUT.set(session, PATIENCE);
    SftpClient sftp = SftpClientFactory.instance().createSftpClient(session, SftpConstants.SFTP_V3);
    return new There(session, sftp, device);
  }

  /** Paths begin at home; SFTP itself knows no other name for it. */
  private static String at(String path) {
    if (path.isEmpty() || path.equals("~") || path.equals("~/")) {
      return ".";
    }
    return path.startsWith("~/") ? path.substring(2) : path;
  }

  @Override
  public String title() {
    return "at " + device;
  }

  @Override
  public Optional<Entry> look(String path) throws IOException {
    try {
      Attributes found = sftp.stat(at(path));
      Entry.Kind kind =
          found.isRegularFile()
              ? Entry.Kind.FILE
              : found.isDirectory() ? Entry.Kind.FOLDER : Entry.Kind.OTHER;
      Instant modified =
          found.getModifyTime() == null ? Instant.EPOCH : found.getModifyTime().toInstant();
      return Optional.of(
          new Entry(kind, found.getSize(), found.getPermissions() & PERMISSIONS, modified));
    } catch (SftpException e) {
      if (e.getStatus() == SftpConstants.SSH_FX_NO_SUCH_FILE) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public String behindLinks(String path) throws IOException {
    String place = path;
    for (int links = 0; links < MOST_LINKS && isLink(place); links++) {
      String to = sftp.readLink(at(place));
      place = to.startsWith("/") ? to : place.substring(0, place.lastIndexOf('/') + 1) + to;
    }
    return place;
  }

  private boolean isLink(String path) throws IOException {
    try {
      return sftp.lstat(at(path)).isSymbolicLink();
    } catch (SftpException e) {
      if (e.getStatus() == SftpConstants.SSH_FX_NO_SUCH_FILE) {
        return false;
      }
      throw e;
    }
  }

  /** Not every server follows a link when it is asked where it is. */
  @Override
  public String real(String path) throws IOException {
    return sftp.canonicalPath(at(behindLinks(path)));
  }

  @Override
  public List<String> names(String folder) throws IOException {
    List<String> names = new ArrayList<>();
    for (SftpClient.DirEntry entry : sftp.readDir(at(folder))) {
      if (!entry.getFilename().equals(".") && !entry.getFilename().equals("..")) {
        names.add(entry.getFilename());
      }
    }
    names.sort(null);
    return names;
  }

  @Override
  public InputStream read(String path) throws IOException {
    return sftp.read(at(path));
  }

  @Override
  public OutputStream make(String path) throws IOException {
    CloseableHandle handle =
        sftp.open(at(path), EnumSet.of(OpenMode.Write, OpenMode.Create, OpenMode.Exclusive));
    try {
      if (usual.isEmpty()) {
        usual = Optional.of(sftp.stat(handle).getPermissions() & PERMISSIONS);
      }
      Attributes closed = new Attributes();
      closed.setPermissions(PRIVATE);
      sftp.setStat(handle, closed);
    } catch (IOException e) {
      handle.close();
      throw e;
    }
    return new SftpOutputStreamAsync((AbstractSftpClient) sftp, 0, at(path), handle);
  }

  @Override
  public OutputStream into(String path) throws IOException {
    return sftp.write(at(path), EnumSet.of(OpenMode.Write));
  }

  @Override
  public void makeFolder(String path) throws IOException {
    sftp.mkdir(at(path));
  }

  /**
   * What the umask there leaves, seen at the first file that was made without saying how: who may
   * read by default may execute as well, if it is something to execute.
   */
  @Override
  public int permitted(int mode) {
    int allowed = usual.orElse(PERMISSIONS);
    return mode & (allowed | (allowed & READ_ALL) >> 2);
  }

  @Override
  public void settle(String path, int mode, Optional<Instant> modified) throws IOException {
    Attributes settled = new Attributes();
    settled.setPermissions(mode);
    modified.ifPresent(
        time -> {
          settled.accessTime(time.getEpochSecond());
          settled.modifyTime(time.getEpochSecond());
        });
    sftp.setStat(at(path), settled);
  }

  @Override
  public void rename(String whole, String name) throws IOException {
    OpenSSHPosixRenameExtension replacing = sftp.getExtension(OpenSSHPosixRenameExtension.class);
    if (replacing != null && replacing.isSupported()) {
      replacing.posixRename(at(whole), at(name));
      return;
    }
    // SFTP 3 itself renames onto nothing that is there.
    if (look(name).isPresent()) {
      sftp.remove(at(name));
    }
    sftp.rename(at(whole), at(name));
  }

  @Override
  public void remove(String path) throws IOException {
    sftp.remove(at(path));
  }

  @Override
  public String join(String folder, String name) {
    return folder.isEmpty() || folder.endsWith("/") ? folder + name : folder + "/" + name;
  }

  @Override
  public String name(String path) throws IOException {
    String plain = path.replaceAll("/+$", "");
    String last = plain.substring(plain.lastIndexOf('/') + 1);
    boolean named = !last.isEmpty() && !last.equals(".") && !last.equals("..") && !last.equals("~");
    return named ? last : real(path).replaceAll("^.*/", "");
  }

  @Override
  public Reason why(IOException failure, String path) {
    boolean answered = failure instanceof SftpException || failure instanceof EOFException;
    if (!answered || !session.isOpen() || !sftp.isOpen()) {
      // What the server says of a file is an SftpException; all else is said of the connection.
      return Reason.GONE;
    }
    int status = failure instanceof SftpException named ? named.getStatus() : -1;
    String said = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    return switch (status) {
      case SftpConstants.SSH_FX_NO_SUCH_FILE, SftpConstants.SSH_FX_NO_SUCH_PATH -> Reason.MISSING;
      case SftpConstants.SSH_FX_PERMISSION_DENIED -> Reason.FORBIDDEN;
      case SftpConstants.SSH_FX_WRITE_PROTECT -> Reason.READ_ONLY;
      case SftpConstants.SSH_FX_NO_SPACE_ON_FILESYSTEM, SftpConstants.SSH_FX_QUOTA_EXCEEDED ->
          Reason.FULL;
      default ->
          said.contains("no space left") || said.contains("quota") || isFull(path)
              ? Reason.FULL
              : Reason.OTHER;
    };
  }

  /** OpenSSH's server says no more than that it failed; but how much room there is, it does say. */
  private boolean isFull(String path) {
    try {
      OpenSSHStatPathExtension room = sftp.getExtension(OpenSSHStatPathExtension.class);
      String folder = path.contains("/") ? path.substring(0, path.lastIndexOf('/') + 1) : ".";
      return room != null && room.isSupported() && room.stat(at(folder)).f_bavail == 0;
    } catch (IOException unknown) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    sftp.close();
  }
}
