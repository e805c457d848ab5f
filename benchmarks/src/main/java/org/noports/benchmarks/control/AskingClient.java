package org.noports.benchmarks.control;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.noports.benchmarks.wire.Wire;

/** A client whose requests and answers two functions know. */
final class AskingClient implements RequestAnswer.Client {
  private final Wire wire;
  private final Consumer<ByteBuf> request;
  private final Predicate<ByteBuf> wished;
  private Consumer<Boolean> answered = good -> {};

  /**
   * Made when its connection is ready.
   *
   * @param request appends the next request
   * @param wished whether an answer is the one that was wished for
   */
  AskingClient(Wire wire, Consumer<ByteBuf> request, Predicate<ByteBuf> wished) {
    this.wire = wire;
    this.request = request;
    this.wished = wished;
  }

  /** To be called with each answer. */
  void answer(ByteBuf answer) {
    answered.accept(wished.test(answer));
  }

  @Override
  public Wire wire() {
    return wire;
  }

  @Override
  public void encode(ByteBuf out) {
    request.accept(out);
  }

  @Override
  public void hear(Consumer<Boolean> next) {
    answered = next;
  }
}
