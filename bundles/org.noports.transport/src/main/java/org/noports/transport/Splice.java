package org.noports.transport;

import static java.util.Objects.requireNonNull;

import io.netty.channel.Channel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Two channels joined: what one side sends the other receives, in order, with back-pressure and
 * half-close. The only code that moves bytes between two channels: at the relay (sealed both sides)
 * and at both ends of the tunnel (the relay's channel seals and opens in its own pipeline).
 *
 * <p>It copies; a direction that moved 4 MiB without a pause is left to the kernel's splice until
 * it pauses, where both are plain sockets and the loops are epoll's.
 *
 * <p>A side is read only when the write of what it sent before has finished, so a slow reader costs
 * one read of memory and slows the far side down. Both sides live on one event loop. When a side
 * fails, what it sent before still goes out, then the other side is closed.
 */
public final class Splice implements AutoCloseable {
  private final Flow there;
  private final Flow back;
  private final CompletableFuture<End> ended = new CompletableFuture<>();
  private int directionsEnded;
  private boolean over;

  /**
   * How it ended.
   *
   * @param reason one clause, for example {@code both sides had ended}
   * @param fromFirst bytes that the first side sent
   * @param fromSecond bytes that the second side sent
   */
  public record End(String reason, long fromFirst, long fromSecond) {}

  private Splice(String firstName, Channel first, String secondName, Channel second, Pace pace) {
    this.there = new Flow(this, firstName, first, second, pace);
    this.back = new Flow(this, secondName, second, first, pace);
  }

  /**
   * Joins two channels that do not read by themselves and have no reader in their pipelines; takes
   * both over. {@code second} moves to the first's event loop if it is on another; if it is {@link
   * LoopBound}, the first moves to its.
   *
   * @param firstName what the first side is, for the reason of the end: {@code the client}
   */
  public static Splice join(String firstName, Channel first, String secondName, Channel second) {
    return join(firstName, first, secondName, second, Pace.FREE);
  }

  /** As {@link #join(String, Channel, String, Channel)}, both directions no faster than allowed. */
  public static Splice join(
      String firstName, Channel first, String secondName, Channel second, Pace pace) {
    Splice splice =
        new Splice(
            requireNonNull(firstName, "firstName is null"),
            requireNonNull(first, "first is null"),
            requireNonNull(secondName, "secondName is null"),
            requireNonNull(second, "second is null"),
            requireNonNull(pace, "pace is null"));
    CompletableFuture<Channel> moving =
        second instanceof LoopBound
            ? LoopChange.move(first, second.eventLoop())
            : LoopChange.move(second, first.eventLoop());
    moving.whenComplete(
        (moved, failure) -> {
          if (failure == null) {
            splice.begin();
          } else {
            splice.over("its two sides could not share a thread: " + failure.getMessage());
          }
        });
    return splice;
  }

  private void begin() {
    there.from().closeFuture().addListener(f -> over(there.name() + " closed the connection"));
    back.from().closeFuture().addListener(f -> over(back.name() + " closed the connection"));
    there.install();
    back.install();
  }

  /** Bytes that the first side has sent so far. */
  public long fromFirst() {
    return there.bytes();
  }

  /** Bytes that the second side has sent so far. */
  public long fromSecond() {
    return back.bytes();
  }

  /** How many of all these bytes the kernel moved by itself; 0 where it cannot. */
  public long bySplice() {
    return there.spliced() + back.spliced();
  }

  /** Completes, never exceptionally, when both channels are closed. */
  public CompletionStage<End> ended() {
    return ended;
  }

  /** Closes both sides at once. Idempotent. */
  @Override
  public void close() {
    there.from().close();
    back.from().close();
  }

  void directionEnded() {
    if (++directionsEnded == 2) {
      over("both sides had ended");
    }
  }

  private void over(String reason) {
    over(reason, false);
  }

  /**
   * Called on the loop of both.
   *
   * @param refused whether a side was reset before its first byte: only then is a reset passed on,
   *     later it would overtake what was sent before it
   */
  void over(String reason, boolean refused) {
    if (over) {
      return;
    }
    over = true;
    if (refused) {
      Closing.reset(there.from());
      Closing.reset(back.from());
    } else {
      Closing.afterWrites(there.from());
      Closing.afterWrites(back.from());
    }
    there
        .from()
        .closeFuture()
        .addListener(
            first ->
                back.from()
                    .closeFuture()
                    .addListener(
                        second -> ended.complete(new End(reason, fromFirst(), fromSecond()))));
  }
}
