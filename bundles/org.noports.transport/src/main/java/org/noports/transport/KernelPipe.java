package org.noports.transport;

import io.netty.channel.epoll.Native;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.FastThreadLocal;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * A pipe inside the kernel that pages pass through on their way from one socket to another. Taken
 * for one move and given back when it is empty again, so idle flows hold none. Used on one event
 * loop.
 */
final class KernelPipe {
  /** What stalled bulk flows may leave in a loop's pipes: the kernel's memory, not ours. */
  private static final int HELD = 64 << 20;

  /** Two file descriptors each: a loop with so many stalled bulk flows copies for the next ones. */
  private static final int MOST = Math.min(512, HELD / PipeSize.most());

  /** Kept empty for the next move; making one costs as much as a move. */
  private static final int KEPT = 8;

  private static final FastThreadLocal<Pool> POOL =
      new FastThreadLocal<>() {
        @Override
        protected Pool initialValue() {
          return new Pool();
        }

        @Override
        protected void onRemoval(Pool pool) {
          pool.empty.forEach(KernelPipe::close);
        }
      };

  private final FileDescriptor out;
  private final FileDescriptor in;
  private final Pool pool;

  private static final class Pool {
    private final Queue<KernelPipe> empty = new ArrayDeque<>();
    private int taken;
  }

  private KernelPipe(FileDescriptor[] ends, Pool pool) {
    this.out = ends[0];
    this.in = ends[1];
    this.pool = pool;
  }

  /** An empty pipe; none if too many are in use, or the system has no more. */
  static Optional<KernelPipe> take() {
    Pool pool = POOL.get();
    if (pool.taken >= MOST) {
      return Optional.empty();
    }
    try {
      KernelPipe kept = pool.empty.poll();
      KernelPipe taken = kept == null ? made(pool) : kept;
      pool.taken++;
      return Optional.of(taken);
    } catch (IOException e) {
      // Out of file descriptors: whoever asked copies.
      return Optional.empty();
    }
  }

  private static KernelPipe made(Pool pool) throws IOException {
    FileDescriptor[] ends = FileDescriptor.pipe();
    PipeSize.enlarge(ends[1]);
    return new KernelPipe(ends, pool);
  }

  /** Moves up to {@code most} bytes from a socket into the pipe; 0 if there is nothing now. */
  int fill(FileDescriptor socket, int most) throws IOException {
    return Native.splice(socket.intValue(), -1, in.intValue(), -1, most);
  }

  /** Moves up to {@code most} bytes out of the pipe; 0 if the socket takes nothing now. */
  int drain(FileDescriptor socket, long most) throws IOException {
    return Native.splice(out.intValue(), -1, socket.intValue(), -1, most);
  }

  /**
   * Gives it back.
   *
   * @param empty whether nothing is left in it; else it is closed
   */
  void give(boolean empty) {
    pool.taken--;
    if (empty && pool.empty.size() < KEPT) {
      pool.empty.add(this);
    } else {
      close();
    }
  }

  private void close() {
    closeQuietly(in);
    closeQuietly(out);
  }

  private static void closeQuietly(FileDescriptor end) {
    try {
      end.close();
    } catch (IOException e) {
      // A pipe has nothing to flush: it is gone in any case.
    }
  }
}
