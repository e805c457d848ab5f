package org.noports.ssh.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import org.noports.api.NoPortsException;
import org.noports.api.stream.ByteStream;

/** Carries one caller's bytes to a stream and back, as fast as the slower side takes them. */
final class Carry {
  /** As much as one record of the tunnel brings, and one frame of the door takes. */
  private static final int BUFFER_BYTES = 64 * 1024;

  private final ByteStream stream;
  private volatile boolean callerIsDone;

  Carry(ByteStream stream) {
    this.stream = stream;
  }

  /**
   * Carries until the far side has ended its output; what the caller sends is carried by another
   * thread, which ends with the stream.
   */
  void both(InputStream in, OutputStream out, Executor threads)
      throws IOException, NoPortsException, InterruptedException {
    threads.execute(() -> there(in));
    byte[] bytes = new byte[BUFFER_BYTES];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (Await.result(stream.read(buffer.clear())) >= 0) {
      out.write(bytes, 0, buffer.position());
      out.flush();
    }
  }

  /**
   * The caller has ended what it sends: a program such as ssh then needs no more of the far side.
   */
  boolean callerIsDone() {
    return callerIsDone;
  }

  private void there(InputStream in) {
    byte[] bytes = new byte[BUFFER_BYTES];
    try {
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        Await.result(stream.write(ByteBuffer.wrap(bytes, 0, count)));
      }
      callerIsDone = true;
      Await.result(stream.endOutput());
    } catch (IOException | NoPortsException ended) {
      // The other direction ends with the stream, and says why if there is a reason.
      stream.close();
    } catch (InterruptedException stopping) {
      stream.close();
      Thread.currentThread().interrupt();
    }
  }
}
