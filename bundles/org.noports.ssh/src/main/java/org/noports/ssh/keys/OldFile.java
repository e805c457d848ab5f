package org.noports.ssh.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;

/** The file that a change takes away, held open: somebody may be appending to it meanwhile. */
final class OldFile {
  private final Optional<FileChannel> channel;
  private byte[] known;

  private OldFile(Optional<FileChannel> channel, byte[] known) {
    this.channel = channel;
    this.known = known;
  }

  /**
   * Opens it, if there is one.
   *
   * @param content what was read of it
   */
  static OldFile open(Path file, byte[] content) throws IOException {
    return new OldFile(
        Files.exists(file)
            ? Optional.of(
                FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))
            : Optional.empty(),
        content);
  }

  /** What was appended since the last look; nothing if it was changed otherwise. */
  byte[] appended() throws IOException {
    if (channel.isEmpty() || channel.get().size() <= known.length) {
      return new byte[0];
    }
    ByteBuffer now = ByteBuffer.allocate((int) channel.get().size());
    int count = 0;
    while (now.hasRemaining() && count >= 0) {
      count = channel.get().read(now, now.position());
    }
    byte[] all = Arrays.copyOf(now.array(), now.position());
    if (all.length < known.length || !Arrays.equals(all, 0, known.length, known, 0, known.length)) {
      return new byte[0];
    }
    byte[] more = Arrays.copyOfRange(all, known.length, all.length);
    known = all;
    return more;
  }

  void close() {
    try {
      if (channel.isPresent()) {
        channel.get().close();
      }
    } catch (IOException e) {
      // It was only read.
      return;
    }
  }
}
