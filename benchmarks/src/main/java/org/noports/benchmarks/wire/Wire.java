package org.noports.benchmarks.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.nio.charset.StandardCharsets;

/** One connection of a driver. */
public final class Wire implements AutoCloseable {
  private final Channel channel;

  Wire(Channel channel) {
    this.channel = channel;
  }

  /** An empty buffer for what is to be sent. */
  public ByteBuf buffer() {
    return channel.alloc().buffer(32 * 1024);
  }

  /** Sends bytes in one go. */
  public void send(ByteBuf bytes) {
    channel.writeAndFlush(bytes, channel.voidPromise());
  }

  public void send(String text) {
    ByteBuf bytes = channel.alloc().buffer(text.length());
    bytes.writeCharSequence(text, StandardCharsets.UTF_8);
    send(bytes);
  }

  public boolean isOpen() {
    return channel.isActive();
  }

  @Override
  public void close() {
    channel.close();
  }
}
