package org.noports.api.relay;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Which of several relays that would all do carries a session. The client has one of its own, which
 * takes the nearest to both ends; a service of this type takes its place for as long as it is
 * there, the highest-ranked if there are several.
 */
@ConsumerType
public interface RelayChoice {
  /**
   * Puts {@code relays} into the order in which they are to be asked for ports, best first.
   *
   * <p>Called on any thread, and does not block. What is answered after {@code within}, an error,
   * and what was not among {@code relays} counts for nothing; relays that are left out come last,
   * as they were configured.
   *
   * @param self who asks for the session
   * @param device the other end
   * @param relays at least two, in the configured order
   * @param within how long the session waits for the answer
   */
  CompletionStage<List<Candidate>> order(
      AtSign self, DeviceAddress device, List<AtSign> relays, Duration within);

  /**
   * One relay and what is known of the way to it. Figures are hints: nobody vouches for them.
   *
   * @param relay the relay
   * @param here a round trip between us and it; empty if that is not known
   * @param there a round trip between the device and it; empty if that is not known
   */
  record Candidate(AtSign relay, Optional<Duration> here, Optional<Duration> there) {
    public Candidate {
      requireNonNull(relay, "relay is null");
      requireNonNull(here, "here is null");
      requireNonNull(there, "there is null");
    }

    /** A relay of which nothing is known. */
    public static Candidate unknown(AtSign relay) {
      return new Candidate(relay, Optional.empty(), Optional.empty());
    }

    /** What a round trip from end to end takes; empty unless both halves are known. */
    public Optional<Duration> both() {
      return here.flatMap(ours -> there.map(ours::plus));
    }

    /** For people: {@code @relay 3 ms + 12 ms}. */
    @Override
    public String toString() {
      return relay + " " + text(here) + " + " + text(there);
    }

    private static String text(Optional<Duration> time) {
      return time.map(known -> known.toMillis() + " ms").orElse("?");
    }
  }
}
