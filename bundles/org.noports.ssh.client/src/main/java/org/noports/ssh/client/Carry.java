package org.noports.ssh.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.noports.api.NoPortsException;
import org.noports.api.stream.ByteStream;
import org.noports.ssh.client.hosts.JudgeHostKey;

/** Carries one caller's bytes to a stream and back, as fast as the slower side takes them. */
final class Carry {
  /** As much as one record of the tunnel brings, and one frame of the door takes. */
  private static final int BUFFER_BYTES = 64 * 1024;

  private final ByteStream stream;
  private final Consumer<String> agreed;
  private final JudgeHostKey judge;
  private final ShownHostKey shown = new ShownHostKey();
  private final Greeting near = new Greeting();
  private final Greeting far = new Greeting();
  private boolean told;
  private volatile boolean callerIsDone;

  /**
   * @param agreed is told the key exchange that both ends of an SSH connection agree to, once
   * @param judge says whether an SSH server's host key is right, before the caller sees it
   */
  Carry(ByteStream stream, Consumer<String> agreed, JudgeHostKey judge) {
    this.stream = stream;
    this.agreed = agreed;
    this.judge = judge;
  }

  /**
   * Carries until the far side has ended its output; what the caller sends is carried by another
   * thread, which ends with the stream.
   */
  void both(InputStream in, OutputStream out, Executor threads)
      throws IOException, NoPortsException, InterruptedException {
    judge.begin();
    threads.execute(() -> there(in));
    byte[] bytes = new byte[BUFFER_BYTES];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (Await.result(stream.read(buffer.clear())) >= 0) {
      passes(far, bytes, buffer.position());
      if (shown.passes(bytes, buffer.position())) {
        judge.judge(shown.key().orElseThrow());
      }
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

  /** Both sides greet at once, and each passes on a thread of its own. */
  private void passes(Greeting side, byte[] bytes, int count) {
    if (side.isOver()) {
      return;
    }
    synchronized (this) {
      side.passes(bytes, count);
      if (!told && near.exchanges().isPresent() && far.exchanges().isPresent()) {
        told = true;
        Greeting.agreed(near.exchanges().get(), far.exchanges().get()).ifPresent(agreed);
      }
    }
  }

  private void there(InputStream in) {
    byte[] bytes = new byte[BUFFER_BYTES];
    try {
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        passes(near, bytes, count);
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
