package org.noports.store.mvstore.records;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.Arrays;

/** Reads a file of records. What it gives out counts once {@link #read} has returned. */
public final class RecordReader {
  private static final int BUFFER = 256 << 10;

  /** Longer than any record that can be stored: a key, a value of 16 MiB and its metadata. */
  private static final int MOST_BYTES = 64 << 20;

  /** Receives records. */
  public interface Visitor {
    void record(byte type, byte[] body) throws IOException;
  }

  private final MessageDigest digest = Digests.sha256();
  private final DataInputStream in;

  public RecordReader(FileChannel channel) {
    InputStream stream = Channels.newInputStream(channel);
    this.in = new DataInputStream(new BufferedInputStream(stream, BUFFER));
  }

  /**
   * Reads to the end.
   *
   * @return how many records there are
   * @throws RecordsDamaged if the file is not whole, or not what it was when it was written
   */
  public long read(Visitor visitor) throws IOException {
    try {
      head();
      long records = 0;
      while (true) {
        ByteBuffer frame = ByteBuffer.wrap(bytes(5));
        byte type = frame.get();
        int length = frame.getInt();
        if (type == RecordWriter.END) {
          end(records);
          return records;
        }
        if (length < 0 || length > MOST_BYTES) {
          throw new RecordsDamaged("it is damaged at record " + records);
        }
        visitor.record(type, bytes(length));
        records++;
      }
    } catch (EOFException e) {
      throw new RecordsDamaged("it ends too early");
    }
  }

  private void head() throws IOException {
    byte[] magic = bytes(RecordWriter.MAGIC.length);
    int format = ByteBuffer.wrap(bytes(4)).getInt();
    if (!Arrays.equals(magic, RecordWriter.MAGIC)) {
      throw new RecordsDamaged("it is no backup of a store");
    }
    if (format > RecordWriter.FORMAT) {
      throw new RecordsDamaged(
          "it has format "
              + format
              + ", this version reads up to "
              + RecordWriter.FORMAT
              + "; use the newer version that wrote it");
    }
  }

  private void end(long records) throws IOException {
    long said = ByteBuffer.wrap(bytes(8)).getLong();
    byte[] expected = digest.digest();
    byte[] found = new byte[expected.length];
    in.readFully(found);
    if (said != records || !Arrays.equals(found, expected) || in.read() >= 0) {
      throw new RecordsDamaged("its checksum does not fit");
    }
  }

  private byte[] bytes(int count) throws IOException {
    byte[] bytes = new byte[count];
    in.readFully(bytes);
    digest.update(bytes);
    return bytes;
  }
}
