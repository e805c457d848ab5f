package org.noports.api.tunnel;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.api.Target;

/**
 * Decides on each stream of a session at the device's end: nothing is opened before it said yes.
 */
@FunctionalInterface
public interface StreamGate {
  /** Called on an I/O loop: must not block. A stage that fails is a refusal. */
  CompletionStage<Answer> admit(StreamRequest request);

  /**
   * Why something that was admitted, and that lets others in for as long as it stands, may stand no
   * longer, by the configuration of now; empty if it may. Must not block.
   */
  default Optional<String> objection(StreamRequest.Listen admitted) {
    return Optional.empty();
  }

  /** A decision on one stream. */
  sealed interface Answer {}

  /**
   * As {@link #admit}, for something that was admitted before and still runs: whether it may stay.
   * Nothing is looked up again. Must not block.
   *
   * @param addresses of {@link Admitted#addresses} when it was admitted
   */
  default CompletionStage<Answer> again(StreamRequest request, List<InetAddress> addresses) {
    return CompletableFuture.completedFuture(new Admitted("", addresses));
  }

  /**
   * Another number than before when what was admitted may be none any more: whoever keeps something
   * open beyond the tunnel's own streams asks {@link #again} for it then. Must not block.
   */
  default int reviews() {
    return 0;
  }

  /**
   * Yes.
   *
   * @param rule the rule that decided
   * @param addresses what the target's host is; exactly these are dialled, in turn, since no other
   *     was decided on. Empty for a target without addresses, and if its name is to be looked up by
   *     whoever dials
   */
  record Admitted(String rule, List<InetAddress> addresses) implements Answer {
    public Admitted {
      requireNonNull(rule, "rule is null");
      addresses = List.copyOf(addresses);
    }

    /** To wherever the name leads. */
    public Admitted(String rule) {
      this(rule, List.of());
    }
  }

  /**
   * No.
   *
   * @param reason one sentence for the client
   */
  record Refused(String reason) implements Answer {
    public Refused {
      requireNonNull(reason, "reason is null");
    }
  }

  /**
   * Whether what is done at the streams that it admits from now on has to be recorded by whoever
   * takes them; asked when a stream is taken. Must not block.
   */
  default boolean records() {
    return false;
  }

  /** Nothing at all. */
  static StreamGate none() {
    Answer no = new Refused("Nothing may be opened here");
    return request -> CompletableFuture.completedFuture(no);
  }

  /** Connections to the target the session was admitted for, and nothing else. */
  static StreamGate only(Target target) {
    Answer yes = new Admitted("the session's own target");
    Answer no = new Refused("This session is for " + target + " only");
    return request ->
        CompletableFuture.completedFuture(
            request.equals(new StreamRequest.Connect(target)) ? yes : no);
  }
}
