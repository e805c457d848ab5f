package org.noports.ssh.keys;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One {@code authorized_keys} file. A change is written beside it, forced to disk, and renamed over
 * it, with owner, group and mode as they were; a change that cannot be made leaves it as it is, and
 * is told by a sentence.
 *
 * <p>Programs of ours exclude one another by a lock. Others do not know it: whether the file is
 * still what was read is looked at right before the rename, and what somebody appends to the old
 * one, having opened it before, is brought over for some seconds after.
 */
final class KeyFile {
  /** Others edit by hand or once per session: more changes in a row than this is no accident. */
  private static final int ATTEMPTS = 10;

  /** An account's keys are some kilobytes; this much is not read into memory at every session. */
  private static final long MOST_BYTES = 4 << 20;

  /** Nobody else in this process edits at the same time; file locks do not exclude threads. */
  private static final Object IN_THIS_PROCESS = new Object();

  /** After a rename the old file is looked at so often; who has it open writes at once. */
  private static final List<Duration> LATE_LOOKS =
      List.of(Duration.ofMillis(50), Duration.ofMillis(500), Duration.ofSeconds(5));

  private final Path file;
  private final KeyOwner owner;
  private final KeyEvents events;

  /**
   * @param owner whose a file is that does not exist yet
   */
  KeyFile(Path file, KeyOwner owner, KeyEvents events) {
    this.file = file.toAbsolutePath();
    this.owner = owner;
    this.events = events;
  }

  /** What becomes of the file's bytes; the same array for no change. */
  @FunctionalInterface
  interface Edit {
    byte[] apply(byte[] before);
  }

  /** Makes a change; returns whether there was one to make. */
  boolean edit(Edit edit) throws IOException {
    synchronized (IN_THIS_PROCESS) {
      owner.makeFolder(file.getParent());
      Path lock = file.resolveSibling("." + file.getFileName() + ".noports-lock");
      try (FileChannel guard =
              FileChannel.open(
                  lock,
                  Set.of(
                      StandardOpenOption.CREATE,
                      StandardOpenOption.WRITE,
                      LinkOption.NOFOLLOW_LINKS),
                  PosixFilePermissions.asFileAttribute(
                      PosixFilePermissions.fromString("rw-------")));
          FileLock held = guard.lock()) {
        return edited(edit);
      }
    }
  }

  private boolean edited(Edit edit) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      checkKind();
      byte[] before = content();
      byte[] after = edit.apply(before);
      if (after == before) {
        return false;
      }
      if (replaced(before, after)) {
        return true;
      }
    }
    throw new IOException(file + " is changed by somebody else all the time; nothing was changed");
  }

  private void checkKind() throws IOException {
    if (Files.isSymbolicLink(file)) {
      throw new IOException(
          file + " is a symbolic link: it is not followed; name the file itself in authorizedKeys");
    }
    if (Files.exists(file) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(file + " is no file; expected sshd's list of keys");
    }
    if (Files.exists(file)
        && !Files.getPosixFilePermissions(file).contains(PosixFilePermission.OWNER_WRITE)) {
      throw new IOException(file + " is read-only: its owner does not want it changed");
    }
  }

  private byte[] content() throws IOException {
    if (!Files.exists(file)) {
      return new byte[0];
    }
    if (Files.size(file) > MOST_BYTES) {
      throw new IOException(file + " has more than " + MOST_BYTES + " bytes");
    }
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return in.readAllBytes();
    }
  }

  /** False if somebody else was faster. */
  private boolean replaced(byte[] before, byte[] after) throws IOException {
    Path fresh =
        Files.createTempFile(
            file.getParent(),
            ".authorized-keys",
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    OldFile old = OldFile.open(file, before);
    boolean done = false;
    try {
      write(fresh, after);
      owner.dress(fresh, file);
      if (!Arrays.equals(content(), before)) {
        return false;
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      done = true;
      force(file.getParent());
      return true;
    } finally {
      Files.deleteIfExists(fresh);
      if (done) {
        lookLater(old, LATE_LOOKS);
      } else {
        old.close();
      }
    }
  }

  private void lookLater(OldFile old, List<Duration> looks) {
    CompletableFuture.delayedExecutor(looks.get(0).toMillis(), TimeUnit.MILLISECONDS)
        .execute(
            () -> {
              bringOver(old);
              if (looks.size() > 1) {
                lookLater(old, looks.subList(1, looks.size()));
              } else {
                old.close();
              }
            });
  }

  private void bringOver(OldFile old) {
    try {
      byte[] late = old.appended();
      if (late.length > 0) {
        edit(now -> KeyLines.joined(now, late));
      }
    } catch (IOException e) {
      events.notBroughtOver(file, e);
    }
  }

  private static void write(Path fresh, byte[] bytes) throws IOException {
    try (FileChannel out =
        FileChannel.open(fresh, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        out.write(left);
      }
      out.force(true);
    }
  }

  private static void force(Path folder) throws IOException {
    try (FileChannel of = FileChannel.open(folder, StandardOpenOption.READ)) {
      of.force(true);
    }
  }
}
