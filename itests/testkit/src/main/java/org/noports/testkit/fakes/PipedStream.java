package org.noports.testkit.fakes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.api.stream.ByteStream;

/** Two streams joined in memory; a write completes when it has been read. */
public final class PipedStream implements ByteStream {
  private record Chunk(ByteBuffer bytes, CompletableFuture<Void> taken) {}

  private final Queue<Chunk> incoming = new ArrayDeque<>();
  private final CompletableFuture<Void> closed;
  private PipedStream far;
  private ByteBuffer waiting;
  private CompletableFuture<Integer> reading;
  private boolean ended;

  private PipedStream(CompletableFuture<Void> closed) {
    this.closed = closed;
  }

  /** Both ends. */
  public static PipedStream[] pair() {
    CompletableFuture<Void> closed = new CompletableFuture<>();
    PipedStream a = new PipedStream(closed);
    PipedStream b = new PipedStream(closed);
    a.far = b;
    b.far = a;
    closed.thenRun(a::deliver).thenRun(b::deliver).thenRun(a::drop).thenRun(b::drop);
    return new PipedStream[] {a, b};
  }

  @Override
  public CompletionStage<Integer> read(ByteBuffer destination) {
    CompletableFuture<Integer> mine = new CompletableFuture<>();
    synchronized (this) {
      reading = mine;
      waiting = destination;
    }
    deliver();
    return mine;
  }

  private void deliver() {
    CompletableFuture<Integer> reader;
    Chunk chunk;
    int count;
    synchronized (this) {
      if (reading == null || incoming.isEmpty() && !ended && !closed.isDone()) {
        return;
      }
      reader = reading;
      reading = null;
      chunk = incoming.peek();
      count = chunk == null ? -1 : move(chunk.bytes, waiting);
      if (chunk != null && !chunk.bytes.hasRemaining()) {
        incoming.poll();
      }
    }
    reader.complete(count);
    if (chunk != null && !chunk.bytes.hasRemaining()) {
      chunk.taken.complete(null);
    }
  }

  /** Nobody takes any more what was written. */
  private synchronized void drop() {
    incoming.forEach(chunk -> chunk.taken.completeExceptionally(new IOException("closed")));
    incoming.clear();
  }

  private static int move(ByteBuffer from, ByteBuffer to) {
    int count = Math.min(from.remaining(), to.remaining());
    to.put(from.slice(from.position(), count));
    from.position(from.position() + count);
    return count;
  }

  @Override
  public CompletionStage<Void> write(ByteBuffer source) {
    if (closed.isDone()) {
      return CompletableFuture.failedFuture(new IOException("closed"));
    }
    CompletableFuture<Void> taken = new CompletableFuture<>();
    synchronized (far) {
      far.incoming.add(new Chunk(source, taken));
    }
    far.deliver();
    return taken;
  }

  @Override
  public CompletionStage<Void> endOutput() {
    synchronized (far) {
      far.ended = true;
    }
    far.deliver();
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void close() {
    closed.complete(null);
  }

  @Override
  public CompletionStage<Void> closed() {
    return closed;
  }
}
