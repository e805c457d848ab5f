package org.noports.store.mvstore.records;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;

/** Writes a file of records: a head, framed records, an end that says how many and has a digest. */
public final class RecordWriter {
  static final byte[] MAGIC = {'N', 'o', 'P', 'o', 'r', 't', 's', 'B'};

  /** A file with a higher number was written by a newer version. */
  static final int FORMAT = 1;

  static final byte END = 'Z';
  private static final int BUFFER = 256 << 10;

  private final FileChannel channel;
  private final MessageDigest digest = Digests.sha256();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
  private long records;

  public RecordWriter(FileChannel channel) throws IOException {
    this.channel = channel;
    write(ByteBuffer.allocate(MAGIC.length + 4).put(MAGIC).putInt(FORMAT).array());
  }

  public void record(byte type, byte[] body) throws IOException {
    write(ByteBuffer.allocate(5).put(type).putInt(body.length).array());
    write(body);
    records++;
  }

  /** Writes the end and waits until the disk has all of it. */
  public long end() throws IOException {
    write(ByteBuffer.allocate(13).put(END).putInt(40).putLong(records).array());
    emit(digest.digest());
    flush();
    channel.force(true);
    return records;
  }

  private void write(byte[] bytes) throws IOException {
    digest.update(bytes);
    emit(bytes);
  }

  private void emit(byte[] bytes) throws IOException {
    int at = 0;
    while (at < bytes.length) {
      if (!buffer.hasRemaining()) {
        flush();
      }
      int part = Math.min(buffer.remaining(), bytes.length - at);
      buffer.put(bytes, at, part);
      at += part;
    }
  }

  private void flush() throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    buffer.clear();
  }
}
