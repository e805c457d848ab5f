package org.noports.door.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Map;
import java.util.Set;

/**
 * Where an instance's socket is: a folder that only its owner can enter, so that nobody can reach
 * or replace the socket between its making and any later chmod.
 *
 * <p>In order: {@code $NOPORTS_RUN}, {@code $XDG_RUNTIME_DIR/noports}, {@code /tmp/noports-UID}. In
 * the latter two, which a user's instances share, the socket of an instance with a state folder of
 * its own choice ({@code $NOPORTS_STATE}) has a few letters for that folder in its name.
 *
 * @param folder the folder
 * @param socket the socket in it, {@code INSTANCE.sock}
 */
public record DoorPlace(Path folder, Path socket) {
  /** A socket's address holds 108 bytes, the last of them zero. */
  private static final int LONGEST = 107;

  private static final Path SELF = Path.of("/proc/self");

  /** The place for this user's instance of that name. */
  public static DoorPlace of(String instance, Map<String, String> environment) throws IOException {
    if (!instance.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,30}")) {
      throw new IOException(
          "'"
              + instance
              + "' cannot be an instance's name: use up to 31 letters, digits, '.', '_' and '-'.");
    }
    String named = environment.getOrDefault("NOPORTS_RUN", "");
    if (!named.isBlank()) {
      return in(Path.of(named).toAbsolutePath(), instance).checkedLength();
    }
    String name = instance + tag(environment.getOrDefault("NOPORTS_STATE", ""));
    String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
    if (!runtime.isBlank() && Files.isWritable(Path.of(runtime))) {
      DoorPlace place = in(Path.of(runtime).toAbsolutePath().resolve("noports"), name);
      if (place.fits()) {
        return place;
      }
    }
    return in(Path.of("/tmp/noports-" + Files.getAttribute(SELF, "unix:uid")), name);
  }

  private static String tag(String state) {
    return state.isBlank() ? "" : "-" + Integer.toHexString(Path.of(state).hashCode());
  }

  private static DoorPlace in(Path folder, String instance) {
    return new DoorPlace(folder, folder.resolve(instance + ".sock"));
  }

  private boolean fits() {
    return socket.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST;
  }

  private DoorPlace checkedLength() throws IOException {
    if (!fits()) {
      throw new IOException(
          "The socket's path "
              + socket
              + " is longer than "
              + LONGEST
              + " bytes; set NOPORTS_RUN to a shorter folder.");
    }
    return this;
  }

  /** Makes the folder where it is missing and checks that it is ours and closed to others. */
  public void prepare() throws IOException {
    try {
      Files.createDirectories(folder.getParent());
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (FileAlreadyExistsException there) {
      check();
    }
  }

  /** Refuses a folder that another user could have made, or can change. */
  public void check() throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(folder + " is not a folder; remove it or set NOPORTS_RUN.");
    }
    UserPrincipal owner = Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS);
    if (!owner.equals(me())) {
      throw new IOException(
          folder + " belongs to " + owner.getName() + "; remove it or set NOPORTS_RUN.");
    }
    Set<PosixFilePermission> rights =
        Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS);
    if (rights.contains(PosixFilePermission.GROUP_WRITE)
        || rights.contains(PosixFilePermission.OTHERS_WRITE)
        || rights.contains(PosixFilePermission.OTHERS_EXECUTE)) {
      throw new IOException(
          folder
              + " is open to other users ("
              + PosixFilePermissions.toString(rights)
              + "); run: chmod 700 "
              + folder);
    }
  }

  /** The user this process works as. */
  public static UserPrincipal me() throws IOException {
    return Files.getOwner(SELF);
  }
}
