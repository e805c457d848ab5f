package org.noports.store.mvstore;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.noports.api.AtSign;
import org.noports.api.store.BatchResult;

/**
 * What became of one request, as it lies on disk.
 *
 * @param atSign whose space it changed
 * @param requestId its id
 * @param atMillis when it was answered
 * @param result the answer
 */
record RequestRow(AtSign atSign, String requestId, long atMillis, BatchResult result) {
  private static final int REFUSED = -1;
  private static final int TYPICAL_BYTES = 256;

  static RequestRow decode(byte[] bytes) {
    return decodeAll(bytes).get(0);
  }

  /** The requests of one row of the table; {@link #encode} writes one without the head. */
  static List<RequestRow> decodeAll(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      List<RequestRow> rows = new ArrayList<>();
      boolean several = bytes.length >= Short.BYTES && bytes[0] == 0 && bytes[1] == 0;
      in.skipBytes(several ? Short.BYTES : 0);
      while (in.available() > 0) {
        rows.add(new RequestRow(new AtSign(in.readUTF()), in.readUTF(), in.readLong(), result(in)));
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BatchResult result(DataInputStream in) throws IOException {
    int count = in.readInt();
    if (count == REFUSED) {
      return new BatchResult.Refused(in.readInt(), in.readUTF());
    }
    List<Long> commitIds = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      commitIds.add(in.readLong());
    }
    return new BatchResult.Applied(commitIds);
  }

  byte[] encode() {
    return encoded(this::write);
  }

  /** One row of the table: requests behind two zero bytes, with which no single one begins. */
  static byte[] encodeAll(List<RequestRow> rows) {
    return encoded(
        out -> {
          out.writeShort(0);
          for (RequestRow row : rows) {
            row.write(out);
          }
        });
  }

  /** Writes something. */
  @FunctionalInterface
  private interface Writing {
    void to(DataOutputStream out) throws IOException;
  }

  private static byte[] encoded(Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(TYPICAL_BYTES);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      writing.to(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private void write(DataOutputStream out) throws IOException {
    out.writeUTF(atSign.name());
    out.writeUTF(requestId);
    out.writeLong(atMillis);
    write(out, result);
  }

  private static void write(DataOutputStream out, BatchResult result) throws IOException {
    if (result instanceof BatchResult.Refused refused) {
      out.writeInt(REFUSED);
      out.writeInt(refused.change());
      out.writeUTF(refused.key());
    } else if (result instanceof BatchResult.Applied applied) {
      out.writeInt(applied.commitIds().size());
      for (long commitId : applied.commitIds()) {
        out.writeLong(commitId);
      }
    }
  }
}
