package org.noports.benchmarks.data;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.noports.door.wire.DoorPlace;
import org.noports.door.wire.Frame;
import org.noports.door.wire.FrameKind;
import org.noports.door.wire.FrameReader;
import org.noports.door.wire.Greeting;
import org.noports.door.wire.Greeting.Mode;
import org.noports.door.wire.WindowSize;
import org.noports.testkit.process.Machine;

/** A command given to a running instance through its door, without a process for the asking. */
public final class Asked implements AutoCloseable {
  private final SocketChannel door;
  private final FrameReader reader = new FrameReader();
  private final ByteBuffer buffer = ByteBuffer.allocate(Frame.MAX_PAYLOAD);
  private final StringBuilder said = new StringBuilder();
  private OptionalInt ended = OptionalInt.empty();

  private Asked(SocketChannel door) {
    this.door = door;
  }

  /** The door of an instance on this machine. */
  public static Path door(Machine machine) throws IOException {
    return DoorPlace.of(
            machine.home().getFileName().toString(),
            Map.of("NOPORTS_RUN", machine.sockets().toString()))
        .socket();
  }

  /** All that a command says, once it has ended well. */
  public static String answer(Path socket, String... command) throws IOException {
    Asked asked = of(socket, List.of(command));
    try (SocketChannel door = asked.door) {
      while (asked.ended.isEmpty()) {
        asked.read();
      }
      if (asked.ended.getAsInt() != 0) {
        throw asked.failed();
      }
      return asked.said.toString();
    }
  }

  static Asked of(Path socket, List<String> command) throws IOException {
    Asked asked = new Asked(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
    asked.send(new Greeting(Mode.COMMAND, "dumb", WindowSize.USUAL).frame());
    asked.send(Frame.arguments(command));
    return asked;
  }

  /** The end of the first line of its output that holds the words, behind them. */
  String after(String words) throws IOException {
    int at = said.indexOf(words);
    while (at < 0 || said.indexOf("\n", at) < 0) {
      read();
      if (ended.isPresent()) {
        throw failed();
      }
      at = said.indexOf(words);
    }
    return said.substring(at + words.length(), said.indexOf("\n", at));
  }

  private void read() throws IOException {
    if (door.read(buffer.clear()) < 0) {
      throw new IOException("The instance ended");
    }
    for (Frame frame : reader.take(buffer.flip())) {
      switch (frame.kind()) {
        case STDOUT, STDERR -> said.append(frame.text());
        case EXIT -> ended = OptionalInt.of(frame.number());
        default -> {}
      }
    }
  }

  private IOException failed() {
    return new IOException("It ended with " + ended.getAsInt() + ": " + said);
  }

  private void send(Frame frame) throws IOException {
    ByteBuffer bytes = frame.encoded();
    while (bytes.hasRemaining()) {
      door.write(bytes);
    }
  }

  /** As Ctrl-C: returns when the command has ended. */
  @Override
  public void close() throws IOException {
    try (door) {
      send(Frame.empty(FrameKind.INTERRUPT));
      while (door.read(buffer.clear()) >= 0) {
        if (reader.take(buffer.flip()).stream().anyMatch(f -> f.kind() == FrameKind.EXIT)) {
          return;
        }
      }
    }
  }
}
