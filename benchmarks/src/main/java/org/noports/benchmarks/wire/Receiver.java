package org.noports.benchmarks.wire;

import io.netty.buffer.ByteBuf;

/** Who hears what a {@link Wire} receives, on the driver's thread. */
@FunctionalInterface
public interface Receiver {
  /** Some bytes; to be read at once, released by the caller. */
  void received(ByteBuf bytes);
}
