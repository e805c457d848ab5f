package org.noports.policy.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.noports.api.DeviceAddress;
import org.noports.api.ProtocolViolation;

/**
 * The last snapshot of each device, in a file of its owner's alone: a line with the format's
 * number, the key that signed, and what was signed. It appears whole or not at all.
 */
final class SnapshotFiles {
  private static final String FORMAT = "noports-policy-snapshot 1";
  private static final String SUFFIX = ".snapshot";

  private final Path folder;

  SnapshotFiles(Path folder) {
    this.folder = folder;
  }

  /** What is there; whether it can be believed is for the caller. */
  Optional<SignedSnapshot> read(DeviceAddress device) throws IOException, ProtocolViolation {
    Path file = file(device);
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(file, UTF_8);
    if (lines.size() != 3 || !lines.get(0).equals(FORMAT)) {
      throw new IOException(file + " is not of the format '" + FORMAT + "'");
    }
    return Optional.of(SignedSnapshot.read(lines.get(2), lines.get(1)));
  }

  void write(SignedSnapshot snapshot) throws IOException {
    Files.createDirectories(folder);
    Path file = file(snapshot.snapshot().device());
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        fresh, FORMAT + "\n" + snapshot.publicKey() + "\n" + snapshot.envelope().toText() + "\n");
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Names of devices and atSigns have no characters that a path would mind. */
  private Path file(DeviceAddress device) {
    return folder.resolve(device.name() + device.atSign().name() + SUFFIX);
  }
}
