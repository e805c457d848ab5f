package org.noports.store.mvstore;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import java.util.zip.ZipOutputStream;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.RandomAccessStore;
import org.h2.mvstore.SFChunk;
import org.noports.store.mvstore.disk.Disk;

/**
 * The engine's file, made safe against a power cut in the middle of a commit.
 *
 * <p>The engine takes a chunk for whole when its first and its last bytes are there; what lies
 * between it does not check, and a disk writes in any order. So each chunk's footer gets a seal, a
 * checksum over all of the chunk before it, in the room that the footer has behind its own
 * checksum. A chunk whose seal does not fit is shown to the engine as one without a footer, and the
 * engine goes back to the commit before, which was flushed.
 *
 * <p>The file's header, which tells where to find the latest chunk, is only written once that chunk
 * is on the disk: otherwise it could lead to nothing.
 */
final class SealedFile extends RandomAccessStore {
  /**
   * Where a chunk, or the header, was written that the disk has not confirmed.
   *
   * @param start of its first byte
   * @param end behind its last byte
   */
  record Doubt(long start, long end) {}

  /** The engine's own constants, which it does not show. */
  private static final int BLOCK_BYTES = 4096;

  private static final int FOOTER_BYTES = 128;

  private static final Pattern FOOTER =
      Pattern.compile("chunk:.*,len:([0-9a-f]{1,7}),.*fletcher:[0-9a-f]+(?:,seal:([0-9a-f]{8}))?");

  private final FileChannel channel;
  private final FileLock lock;
  private final List<Doubt> doubts = new ArrayList<>();

  /** A flush failed: a later one that does not says nothing of what this one was to keep. */
  private boolean unconfirmed;

  /**
   * Opens the file and locks it.
   *
   * @param doubts what an earlier opening in this process could not confirm: it is made void, since
   *     the system shows it as written although the disk may not have it
   */
  SealedFile(Disk disk, Path path, Map<String, Object> config, List<Doubt> doubts)
      throws IOException {
    super(config);
    this.channel = disk.open(path);
    try {
      this.lock = lock(path);
      voidChunks(doubts);
      init(path.toString(), false);
      saveChunkLock.lock();
      try {
        setSize(channel.size());
      } finally {
        saveChunkLock.unlock();
      }
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private FileLock lock(Path path) throws IOException {
    try {
      FileLock taken = channel.tryLock();
      if (taken != null) {
        return taken;
      }
    } catch (OverlappingFileLockException e) {
      throw DataUtils.newMVStoreException(DataUtils.ERROR_FILE_LOCKED, "{0}", path, e);
    }
    throw DataUtils.newMVStoreException(DataUtils.ERROR_FILE_LOCKED, "{0}", path);
  }

  private void voidChunks(List<Doubt> voided) throws IOException {
    for (Doubt doubt : voided) {
      if (doubt.start() == 0) {
        writeHeaderAgain((int) doubt.end());
      } else if (channel.size() >= doubt.end()) {
        channel.write(ByteBuffer.allocate(FOOTER_BYTES), doubt.start());
        channel.write(ByteBuffer.allocate(FOOTER_BYTES), doubt.end() - FOOTER_BYTES);
      }
    }
    if (!voided.isEmpty()) {
      channel.force(true);
    }
  }

  /** The header leads to chunks that were confirmed; an older one might say that all is well. */
  private void writeHeaderAgain(int length) throws IOException {
    ByteBuffer header = readFully(channel, 0, length);
    DataUtils.writeFully(channel, 0, header.rewind());
  }

  /** To copy the file by: closing another channel on it would end the lock. */
  FileChannel channel() {
    return channel;
  }

  /** What was written since the disk last confirmed. */
  List<Doubt> doubts() {
    return List.copyOf(doubts);
  }

  @Override
  protected void writeFully(SFChunk chunk, long position, ByteBuffer source) {
    int length = source.remaining();
    if (chunk != null) {
      doubts.add(new Doubt(position, position + length));
      seal(source);
    } else if (position == 0) {
      if (size() > 0) {
        sync();
      }
      doubts.add(new Doubt(0, length));
    }
    setSize(Math.max(size(), position + length));
    DataUtils.writeFully(channel, position, source);
  }

  @Override
  public ByteBuffer readFully(SFChunk chunk, long position, int length) {
    ByteBuffer read = readFully(channel, position, length);
    boolean footer =
        chunk == null && length == FOOTER_BYTES && (position + length) % BLOCK_BYTES == 0;
    return !footer || holds(read, position) ? read : ByteBuffer.allocate(length);
  }

  /**
   * Waits until the disk has what was written. Once this failed it fails for ever: the file is to
   * be opened anew.
   *
   * @throws UncheckedIOException if it did not confirm; what it has is unknown then
   */
  @Override
  public void sync() {
    try {
      if (unconfirmed) {
        throw new IOException("The disk did not confirm what was written before");
      }
      unconfirmed = true;
      channel.force(true);
      unconfirmed = false;
      doubts.clear();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void truncate(long size) {
    try {
      channel.truncate(size);
      setSize(Math.min(size(), size));
    } catch (IOException e) {
      throw DataUtils.newMVStoreException(
          DataUtils.ERROR_WRITING_FAILED, "Could not truncate {0}", getFileName(), e);
    }
  }

  @Override
  public void close() {
    try {
      if (channel.isOpen()) {
        lock.release();
        channel.close();
      }
    } catch (IOException e) {
      throw DataUtils.newMVStoreException(
          DataUtils.ERROR_WRITING_FAILED, "Could not close {0}", getFileName(), e);
    } finally {
      super.close();
    }
  }

  @Override
  public void open(String fileName, boolean readOnly, char[] encryptionKey) {
    throw new UnsupportedOperationException("The constructor has opened it");
  }

  @Override
  public SealedFile open(String fileName, boolean readOnly) {
    throw new UnsupportedOperationException("The constructor has opened it");
  }

  @Override
  public void backup(ZipOutputStream out) {
    throw new UnsupportedOperationException("A backup is made of rows");
  }

  private static void seal(ByteBuffer chunk) {
    int start = chunk.limit() - FOOTER_BYTES;
    byte[] footer = new byte[FOOTER_BYTES];
    chunk.get(start, footer);
    String text = new String(footer, ISO_8859_1).trim();
    String sealed = text + ",seal:" + checksum(chunk.slice(chunk.position(), start));
    chunk.put(start, String.format("%-" + (FOOTER_BYTES - 1) + "s\n", sealed).getBytes(ISO_8859_1));
  }

  private boolean holds(ByteBuffer footer, long position) {
    byte[] bytes = new byte[FOOTER_BYTES];
    footer.get(0, bytes);
    Matcher matcher = FOOTER.matcher(new String(bytes, ISO_8859_1).trim());
    if (!matcher.matches() || matcher.group(2) == null) {
      // No footer: the engine sees that by itself. No seal: not ours, since a footer lies within
      // one sector and is written whole or not at all.
      return true;
    }
    long length = Long.parseLong(matcher.group(1), 16) * BLOCK_BYTES;
    long start = position + FOOTER_BYTES - length;
    if (length > Integer.MAX_VALUE || start < 0) {
      return false;
    }
    ByteBuffer body = readFully(channel, start, (int) length - FOOTER_BYTES);
    return checksum(body).equals(matcher.group(2));
  }

  private static String checksum(ByteBuffer bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    return String.format("%08x", checksum.getValue());
  }
}
