package org.noports.testkit.relay;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Makes what stands behind it seem far away: takes connections at once, and passes on what each end
 * says only after a while, in order and without limiting how much is under way.
 */
public final class DelayingForwarder implements AutoCloseable {
  private static final int CHUNK = 64 * 1024;

  private final ServerSocket listener;
  private final int target;
  private final ExecutorService readers = Executors.newCachedThreadPool(DelayingForwarder::thread);
  private final ScheduledExecutorService writer =
      Executors.newSingleThreadScheduledExecutor(DelayingForwarder::thread);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile Duration delay;

  private DelayingForwarder(ServerSocket listener, int target, Duration delay) {
    this.listener = listener;
    this.target = target;
    this.delay = delay;
  }

  /**
   * Starts one before a port of the loopback address.
   *
   * @param delay of each direction
   */
  public static DelayingForwarder before(int target, Duration delay) throws IOException {
    DelayingForwarder forwarder =
        new DelayingForwarder(
            new ServerSocket(0, 500, InetAddress.getLoopbackAddress()), target, delay);
    forwarder.readers.execute(forwarder::accept);
    return forwarder;
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "delaying-forwarder");
    thread.setDaemon(true);
    return thread;
  }

  /** Where to dial. */
  public int port() {
    return listener.getLocalPort();
  }

  /** From now on each direction takes so long. */
  public void delay(Duration next) {
    delay = next;
  }

  private void accept() {
    try {
      while (true) {
        Socket near = listener.accept();
        open.add(near);
        readers.execute(() -> join(near));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void join(Socket near) {
    try {
      Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
      open.add(far);
      readers.execute(() -> pass(far, near));
      pass(near, far);
    } catch (IOException e) {
      close(near);
    }
  }

  private void pass(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] chunk = new byte[CHUNK];
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        byte[] said = Arrays.copyOf(chunk, count);
        later(() -> out.write(said), to);
      }
      later(to::shutdownOutput, to);
    } catch (IOException e) {
      close(from);
      later(() -> close(to), to);
    }
  }

  /** Something that may find the connection gone. */
  private interface Act {
    void go() throws IOException;
  }

  private void later(Act act, Socket to) {
    writer.schedule(
        () -> {
          try {
            act.go();
          } catch (IOException e) {
            close(to);
          }
        },
        delay.toNanos(),
        TimeUnit.NANOSECONDS);
  }

  private void close(Socket socket) {
    open.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    Set.copyOf(open).forEach(this::close);
    readers.shutdownNow();
    writer.shutdownNow();
  }
}
