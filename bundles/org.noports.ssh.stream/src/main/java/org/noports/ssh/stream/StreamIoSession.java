package org.noports.ssh.stream;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.sshd.common.io.AbstractIoWriteFuture;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoService;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.util.Readable;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.closeable.AbstractCloseable;
import org.noports.api.stream.ByteStream;

/**
 * One MINA session over one stream. Reads are asked for one at a time, and the next only when MINA
 * has worked through the last; writes are queued, one under way. MINA works on our executor, never
 * on the stream's I/O loop.
 */
public final class StreamIoSession extends AbstractCloseable implements IoSession {
  /** Room for one read: a full SSH packet fits. */
  private static final int READ_BYTES = 64 * 1024;

  private static final AtomicLong IDS = new AtomicLong();

  private final long id = IDS.incrementAndGet();
  private final Map<Object, Object> attributes = new ConcurrentHashMap<>();
  private final Queue<Write> writes = new ArrayDeque<>();
  private final StreamIo service;
  private final IoHandler handler;
  private final Executor executor;
  private final ByteStream stream;
  private final SocketAddress peer;
  private boolean writing;
  private boolean suspended;
  private boolean readHeld;

  StreamIoSession(
      StreamIo service,
      IoHandler handler,
      Executor executor,
      ByteStream stream,
      SocketAddress peer) {
    this.service = service;
    this.handler = handler;
    this.executor = executor;
    this.stream = stream;
    this.peer = peer;
  }

  /** Tells MINA of the session, on our executor, and begins to read. */
  public void open(Runnable opened, Consumer<Throwable> failed) {
    executor.execute(
        () -> {
          try {
            handler.sessionCreated(this);
            opened.run();
            read();
          } catch (Exception e) {
            failed.accept(e);
            close(true);
          }
        });
  }

  private void read() {
    synchronized (writes) {
      readHeld = suspended;
      if (suspended) {
        return;
      }
    }
    ByteBuffer buffer = ByteBuffer.allocate(READ_BYTES);
    stream
        .read(buffer)
        .whenCompleteAsync((count, failure) -> received(buffer, count, failure), executor);
  }

  private void received(ByteBuffer buffer, Integer count, Throwable failure) {
    if (failure != null || count < 0) {
      close(true);
      return;
    }
    try {
      handler.messageReceived(this, Readable.readable(buffer.flip()));
      read();
    } catch (Exception e) {
      report(e);
    }
  }

  private void report(Exception failure) {
    try {
      handler.exceptionCaught(this, failure);
    } catch (Exception e) {
      close(true);
    }
  }

  @Override
  public IoWriteFuture writeBuffer(Buffer buffer) {
    Write write = new Write(ByteBuffer.wrap(buffer.getCompactData()));
    synchronized (writes) {
      writes.add(write);
      if (writing) {
        return write;
      }
      writing = true;
    }
    writeNext();
    return write;
  }

  private void writeNext() {
    Write next;
    synchronized (writes) {
      next = writes.poll();
      if (next == null) {
        writing = false;
        return;
      }
    }
    stream.write(next.bytes).whenCompleteAsync((done, failure) -> written(next, failure), executor);
  }

  private void written(Write write, Throwable failure) {
    write.done(failure);
    if (failure != null) {
      close(true);
    } else {
      writeNext();
    }
  }

  @Override
  public void suspendRead() {
    synchronized (writes) {
      suspended = true;
    }
  }

  @Override
  public void resumeRead() {
    boolean readNow;
    synchronized (writes) {
      readNow = readHeld;
      suspended = false;
      readHeld = false;
    }
    if (readNow) {
      read();
    }
  }

  @Override
  protected void doCloseImmediately() {
    stream.close();
    synchronized (writes) {
      writes.forEach(write -> write.done(new IOException("The stream was closed")));
      writes.clear();
    }
    executor.execute(this::tellClosed);
    super.doCloseImmediately();
  }

  private void tellClosed() {
    try {
      handler.sessionClosed(this);
    } catch (Exception e) {
      // MINA's own clean-up failed after the end of the session: there is nobody left to tell.
      closeFuture.setClosed();
    }
  }

  @Override
  public void shutdownOutputStream() {
    stream.endOutput();
  }

  @Override
  public long getId() {
    return id;
  }

  @Override
  public IoService getService() {
    return service;
  }

  @Override
  public SocketAddress getAcceptanceAddress() {
    return peer;
  }

  @Override
  public SocketAddress getLocalAddress() {
    return peer;
  }

  @Override
  public SocketAddress getRemoteAddress() {
    return peer;
  }

  @Override
  public Object getAttribute(Object key) {
    return attributes.get(key);
  }

  @Override
  public Object setAttribute(Object key, Object value) {
    return attributes.put(key, value);
  }

  @Override
  public Object setAttributeIfAbsent(Object key, Object value) {
    return attributes.putIfAbsent(key, value);
  }

  @Override
  public Object removeAttribute(Object key) {
    return attributes.remove(key);
  }

  /** A write under way, and MINA's future of it. */
  private static final class Write extends AbstractIoWriteFuture {
    private final ByteBuffer bytes;

    private Write(ByteBuffer bytes) {
      super("stream write", null);
      this.bytes = bytes;
    }

    private void done(Throwable failure) {
      setValue(failure == null ? Boolean.TRUE : failure);
    }
  }
}
