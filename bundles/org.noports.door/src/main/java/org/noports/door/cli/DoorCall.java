package org.noports.door.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.noports.door.wire.Frame;
import org.noports.door.wire.FrameKind;
import org.noports.door.wire.FrameReader;
import org.noports.door.wire.Greeting;
import org.noports.door.wire.MalformedFrame;

/** One call through the door: says what it wants, passes the streams on, returns the exit code. */
final class DoorCall implements AutoCloseable {
  private static final Duration NOTHING_YET = Duration.ofMillis(10);
  private static final int HIDDEN = 0;
  private static final int RAW = 2;

  private final SocketChannel channel;
  private final Streams streams;
  private final FrameReader reader = new FrameReader();
  private final Semaphore wanted = new Semaphore(0);
  private boolean reading;
  private boolean restoredAtEnd;
  private Optional<Runnable> showAgain = Optional.empty();

  /** This process's three streams, or a test's. */
  record Streams(java.io.InputStream in, PrintStream out, PrintStream err) {
    static Streams standard() {
      // The descriptor as it is: what is read from it goes on without a copy.
      return new Streams(new FileInputStream(FileDescriptor.in), System.out, System.err);
    }
  }

  private DoorCall(SocketChannel channel, Streams streams) {
    this.channel = channel;
    this.streams = streams;
  }

  /** Knocks; empty when nobody answers there. */
  static Optional<DoorCall> knock(Path socket, Streams streams) {
    try {
      return Optional.of(
          new DoorCall(SocketChannel.open(UnixDomainSocketAddress.of(socket)), streams));
    } catch (IOException nobody) {
      return Optional.empty();
    }
  }

  /** Asks, and passes on what comes, until the instance says how it ended. */
  int run(Greeting greeting, List<String> arguments) throws IOException {
    send(greeting.frame());
    send(Frame.arguments(arguments));
    ByteBuffer buffer = ByteBuffer.allocateDirect(Frame.HEADER + Frame.MAX_PAYLOAD);
    while (channel.read(buffer.clear()) >= 0) {
      for (Frame frame : reader.take(buffer.flip())) {
        Optional<Integer> code = handle(frame);
        if (code.isPresent()) {
          return code.get();
        }
      }
    }
    throw new IOException("The instance ended before the command did; its log says why.");
  }

  /** Sends a frame; from any thread. */
  synchronized void send(Frame frame) throws IOException {
    ByteBuffer[] parts = frame.parts();
    while (parts[0].hasRemaining() || parts[1].hasRemaining()) {
      channel.write(parts);
    }
  }

  @Override
  public void close() throws IOException {
    asBefore();
    channel.close();
  }

  /** Hides what is typed, makes the terminal raw, or as it was before either. */
  private synchronized void typing(int how) throws IOException {
    asBefore();
    if (how == HIDDEN || how == RAW) {
      showAgain = how == RAW ? Optional.of(Tty.raw()) : Tty.silent();
      if (!restoredAtEnd) {
        // A signal that ends this program must not leave the terminal to the shell like that.
        restoredAtEnd = true;
        Runtime.getRuntime().addShutdownHook(new Thread(this::asBefore, "terminal"));
      }
    }
  }

  private synchronized void asBefore() {
    showAgain.ifPresent(Runnable::run);
    showAgain = Optional.empty();
  }

  private Optional<Integer> handle(Frame frame) throws IOException {
    switch (frame.kind()) {
      case HELLO -> {}
      case STDOUT -> pass(frame, streams.out());
      case STDERR -> pass(frame, streams.err());
      case WANT -> want(frame.number());
      case ECHO -> typing(frame.number());
      case EXIT -> {
        return Optional.of(frame.number());
      }
      default -> throw new MalformedFrame(frame.kind() + " is for the caller to send");
    }
    return Optional.empty();
  }

  private static void pass(Frame frame, OutputStream to) throws IOException {
    to.write(frame.bytes());
    to.flush();
  }

  /** The command reads: from now on, and as much as it asks for, standard input goes over. */
  private void want(int bytes) {
    wanted.release(bytes);
    if (!reading) {
      reading = true;
      Thread thread = new Thread(this::passInput, "stdin");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void passInput() {
    ByteBuffer bytes = ByteBuffer.allocateDirect(Frame.MAX_PAYLOAD);
    ReadableByteChannel in = Channels.newChannel(streams.in());
    try {
      while (true) {
        wanted.acquire();
        int allowed = 1 + wanted.drainPermits();
        bytes.clear().limit(Math.min(bytes.capacity(), allowed));
        int count = in.read(bytes);
        if (count < 0) {
          send(Frame.empty(FrameKind.STDIN_EOF));
          return;
        }
        wanted.release(allowed - count);
        if (count > 0) {
          send(new Frame(FrameKind.STDIN, bytes.flip()));
        } else {
          // Another program that shares this input has made it non-blocking.
          LockSupport.parkNanos(NOTHING_YET.toNanos());
        }
      }
    } catch (IOException | InterruptedException ended) {
      // The call is over; what was not read stays where it is.
    }
  }
}
