package org.noports.benchmarks.control;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import org.noports.benchmarks.wire.Wire;

/** One publisher and one subscriber of a broker, both connected; used on the driver's thread. */
interface PubSub {
  /** Where publications are written. */
  Wire publisher();

  /** Appends a publication. */
  void encode(ByteBuf out, byte[] payload);

  /**
   * Who is shown all that arrives from now on.
   *
   * @param arrived is given something that contains the payload
   */
  void hear(Consumer<ByteBuf> arrived);

  /** Throws if the broker has refused anything. */
  void check();
}
