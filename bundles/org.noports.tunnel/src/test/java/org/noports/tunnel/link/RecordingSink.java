package org.noports.tunnel.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.noports.protocol.np2.LinkPreface;
import org.noports.protocol.np2.RecordType;

/** Keeps what the open handler gives out. */
final class RecordingSink implements RecordSink {
  final ByteBuf data = Unpooled.buffer();
  final List<RecordType> controls = new ArrayList<>();
  Optional<Throwable> failure = Optional.empty();
  boolean inputEnded;

  @Override
  public void begun() {}

  @Override
  public void preface(LinkPreface preface) {}

  @Override
  public void data(ByteBuf clear) {
    data.writeBytes(clear);
    clear.release();
  }

  @Override
  public void control(RecordType type, byte[] content) {
    controls.add(type);
  }

  @Override
  public void leave(byte[] content) {
    controls.add(RecordType.LEAVE);
  }

  @Override
  public void readComplete() {}

  @Override
  public void inputEnded() {
    inputEnded = true;
  }

  @Override
  public void writabilityChanged() {}

  @Override
  public void failed(Throwable cause) {
    failure = Optional.of(cause);
  }
}
