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

  static RequestRow decode(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return new RequestRow(new AtSign(in.readUTF()), in.readUTF(), in.readLong(), result(in));
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
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(atSign.name());
      out.writeUTF(requestId);
      out.writeLong(atMillis);
      write(out, result);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
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
