package org.noports.door;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.noports.door.wire.Frame;
import org.noports.door.wire.FrameKind;
import org.noports.door.wire.FrameReader;
import org.noports.door.wire.Greeting;
import org.noports.door.wire.MalformedFrame;
import org.noports.door.wire.WindowSize;

/** One caller, from its greeting to its exit code. The loop's thread calls it, bar the outputs. */
final class Visitor implements Call {
  private final SocketChannel channel;
  private final SelectionKey key;
  private final Peer peer;
  private final long deadline;
  private final Consumer<Visitor> begin;
  private final FrameReader reader = new FrameReader();
  private final Outbox outbox = new Outbox();
  private final Stdin stdin = new Stdin(this::want);
  private final PrintStream stdout = FrameOutput.stream(FrameKind.STDOUT, this::put);
  private final PrintStream stderr = FrameOutput.stream(FrameKind.STDERR, this::put);
  private volatile Optional<Greeting> greeting = Optional.empty();
  private volatile Optional<List<String>> arguments = Optional.empty();
  private volatile Consumer<WindowSize> resized = size -> {};
  private volatile Runnable afterwards = () -> {};
  private Runnable interrupt = () -> {};

  Visitor(
      SocketChannel channel, SelectionKey key, Peer peer, long deadline, Consumer<Visitor> begin) {
    this.channel = channel;
    this.key = key;
    this.peer = peer;
    this.deadline = deadline;
    this.begin = begin;
  }

  /** Reads what has come; {@code buffer} is the loop's own. */
  void readable(ByteBuffer buffer) throws IOException {
    buffer.clear();
    int count = channel.read(buffer);
    if (count < 0) {
      throw new EOFException("the caller is gone");
    }
    for (Frame frame : reader.take(buffer.flip())) {
      handle(frame);
    }
  }

  /** Writes what is waiting; false when the caller has had its exit code. */
  boolean writable() throws IOException {
    if (outbox.drainTo(channel)) {
      key.interestOpsAnd(~SelectionKey.OP_WRITE);
    }
    if (outbox.queuedAny()) {
      key.interestOpsOr(SelectionKey.OP_WRITE);
    }
    return !outbox.done();
  }

  /** It should have said by now what it wants. */
  boolean overdue(long now) {
    return arguments.isEmpty() && now - deadline > 0;
  }

  boolean waits() {
    return arguments.isEmpty();
  }

  /** The caller is gone or sent away: whatever runs for it is interrupted. */
  void close() {
    boolean told = outbox.done();
    outbox.close();
    stdin.end();
    interrupt.run();
    try {
      channel.close();
    } catch (IOException nothingLeftToDo) {
      // It is closed for us in any case.
    }
    if (told) {
      afterwards.run();
    }
  }

  /** Ends the visit with an exit code, once all output before it is out. */
  void exit(int code) {
    stdout.flush();
    stderr.flush();
    outbox.finish(Frame.number(FrameKind.EXIT, code));
    wake();
  }

  /** How to interrupt what was begun. */
  void interruptedBy(Runnable interrupt) {
    this.interrupt = interrupt;
  }

  private void handle(Frame frame) throws MalformedFrame {
    switch (frame.kind()) {
      case HELLO -> greet(frame);
      case ARGUMENTS -> start(frame);
      case STDIN -> stdin.arrive(frame.bytes());
      case STDIN_EOF -> stdin.end();
      case RESIZE -> resized.accept(WindowSize.of(frame));
      case INTERRUPT -> interrupt.run();
      case WANT, ECHO, STDOUT, STDERR, EXIT ->
          throw new MalformedFrame(frame.kind() + " is for the instance to send");
    }
  }

  private void greet(Frame frame) throws MalformedFrame {
    if (greeting.isPresent()) {
      throw new MalformedFrame("a second greeting");
    }
    greeting = Optional.of(Greeting.of(frame));
    outbox.add(Frame.text(FrameKind.HELLO, Greeting.VERSION + "\n"));
    wake();
  }

  private void start(Frame frame) throws MalformedFrame {
    if (greeting.isEmpty() || arguments.isPresent()) {
      throw new MalformedFrame("arguments come once, after the greeting");
    }
    arguments = Optional.of(frame.arguments());
    begin.accept(this);
  }

  private void want(int bytes) {
    outbox.add(Frame.number(FrameKind.WANT, bytes));
    wake();
  }

  private void put(Frame frame) throws IOException {
    outbox.put(frame);
    wake();
  }

  private void wake() {
    if (key.isValid()) {
      key.interestOpsOr(SelectionKey.OP_WRITE);
      key.selector().wakeup();
    }
  }

  @Override
  public Peer peer() {
    return peer;
  }

  @Override
  public Greeting greeting() {
    return greeting.orElseThrow();
  }

  @Override
  public List<String> arguments() {
    return arguments.orElseThrow();
  }

  @Override
  public InputStream stdin() {
    return stdin;
  }

  @Override
  public PrintStream stdout() {
    return stdout;
  }

  @Override
  public PrintStream stderr() {
    return stderr;
  }

  @Override
  public void echo(boolean on) {
    outbox.add(Frame.number(FrameKind.ECHO, on ? 1 : 0));
    wake();
  }

  @Override
  public void raw(boolean on) {
    outbox.add(Frame.number(FrameKind.ECHO, on ? 2 : 1));
    wake();
  }

  @Override
  public void afterwards(Runnable action) {
    afterwards = action;
  }

  @Override
  public void onResize(Consumer<WindowSize> listener) {
    resized = listener;
  }
}
