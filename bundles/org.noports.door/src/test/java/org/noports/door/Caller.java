package org.noports.door;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.noports.door.wire.Frame;
import org.noports.door.wire.FrameKind;
import org.noports.door.wire.FrameReader;
import org.noports.door.wire.Greeting;
import org.noports.door.wire.WindowSize;

/** A caller that does as it is told, frame by frame. */
final class Caller implements AutoCloseable {
  private final SocketChannel channel;
  private final FrameReader reader = new FrameReader();
  final ByteArrayOutputStream out = new ByteArrayOutputStream();
  final ByteArrayOutputStream err = new ByteArrayOutputStream();
  final List<Integer> echo = new ArrayList<>();
  private int wanted;

  Caller(Path socket) throws IOException {
    channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
  }

  Caller asks(String... arguments) throws IOException {
    return greets(Greeting.Mode.COMMAND).sends(Frame.arguments(List.of(arguments)));
  }

  Caller greets(Greeting.Mode mode) throws IOException {
    return sends(new Greeting(mode, "dumb", WindowSize.USUAL).frame());
  }

  Caller sends(Frame frame) throws IOException {
    return sends(frame.encoded());
  }

  Caller sends(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    return this;
  }

  /** Reads until the exit code; -1 when the door closed without one. */
  int exitCode() throws IOException {
    return readUntil(FrameKind.EXIT);
  }

  /** Reads until standard input is wanted; how much. */
  int awaitWant() throws IOException {
    return readUntil(FrameKind.WANT);
  }

  /** Reads until the first output. */
  void awaitOutput() throws IOException {
    readUntil(FrameKind.STDOUT);
  }

  int wantedSoFar() {
    return wanted;
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private int readUntil(FrameKind kind) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(Frame.MAX_PAYLOAD);
    while (channel.read(buffer.clear()) >= 0) {
      int found = -1;
      for (Frame frame : reader.take(buffer.flip())) {
        keep(frame);
        if (frame.kind() == kind) {
          found = Math.max(found, 0) + (kind == FrameKind.STDOUT ? 0 : frame.number());
        }
      }
      if (found >= 0) {
        return found;
      }
    }
    return -1;
  }

  private void keep(Frame frame) throws IOException {
    switch (frame.kind()) {
      case STDOUT -> out.write(frame.bytes());
      case STDERR -> err.write(frame.bytes());
      case WANT -> wanted += frame.number();
      case ECHO -> echo.add(frame.number());
      default -> {}
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
