package org.noports.store.mvstore;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.h2.mvstore.SFChunk;
import org.h2.mvstore.SingleFileStore;

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
final class SealedFile extends SingleFileStore {
  /** The engine's own constants, which it does not show. */
  private static final int BLOCK_BYTES = 4096;

  private static final int FOOTER_BYTES = 128;

  private static final Pattern FOOTER =
      Pattern.compile("chunk:.*,len:([0-9a-f]{1,7}),.*fletcher:[0-9a-f]+(?:,seal:([0-9a-f]{8}))?");

  SealedFile(Map<String, Object> config) {
    super(config);
  }

  @Override
  protected void writeFully(SFChunk chunk, long position, ByteBuffer source) {
    if (chunk != null) {
      seal(source);
    } else if (position == 0 && size() > 0) {
      sync();
    }
    super.writeFully(chunk, position, source);
  }

  @Override
  public ByteBuffer readFully(SFChunk chunk, long position, int length) {
    ByteBuffer read = super.readFully(chunk, position, length);
    boolean footer =
        chunk == null && length == FOOTER_BYTES && (position + length) % BLOCK_BYTES == 0;
    return !footer || holds(read, position) ? read : ByteBuffer.allocate(length);
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
    ByteBuffer body = super.readFully((SFChunk) null, start, (int) length - FOOTER_BYTES);
    return checksum(body).equals(matcher.group(2));
  }

  private static String checksum(ByteBuffer bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    return String.format("%08x", checksum.getValue());
  }
}
