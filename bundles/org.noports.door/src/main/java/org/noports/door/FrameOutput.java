package org.noports.door;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.noports.door.wire.Frame;
import org.noports.door.wire.FrameKind;

/** A command's standard output or standard error, as frames. */
final class FrameOutput extends OutputStream {
  private static final int BUFFER = 8 * 1024;

  /** Where frames go. */
  interface Sink {
    void send(Frame frame) throws IOException;
  }

  private final FrameKind kind;
  private final Sink sink;

  private FrameOutput(FrameKind kind, Sink sink) {
    this.kind = kind;
    this.sink = sink;
  }

  /** Text goes out at each end of a line; binary output flushes as it likes. */
  static PrintStream stream(FrameKind kind, Sink sink) {
    OutputStream buffered = new BufferedOutputStream(new FrameOutput(kind, sink), BUFFER);
    return new PrintStream(buffered, true, StandardCharsets.UTF_8);
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    for (int done = 0; done < length; done += Frame.MAX_PAYLOAD) {
      int from = offset + done;
      int to = offset + Math.min(length, done + Frame.MAX_PAYLOAD);
      sink.send(new Frame(kind, ByteBuffer.wrap(Arrays.copyOfRange(bytes, from, to))));
    }
  }
}
