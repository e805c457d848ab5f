package org.noports.atserver.host.tenant;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Who is connected to an atSign just now, and when its owner last showed who they are. */
public final class Guests {
  /** One connection. */
  public interface Guest {
    /** {@code none}, {@code cram}, {@code pkam} or {@code pol}. */
    String proof();

    /** The peer's address. */
    String peer();
  }

  private final Set<Guest> present = ConcurrentHashMap.newKeySet();
  private volatile Optional<Instant> lastLogin = Optional.empty();
  private volatile Optional<Instant> lastPkam = Optional.empty();

  public void come(Guest guest) {
    present.add(requireNonNull(guest, "guest is null"));
  }

  public void go(Guest guest) {
    present.remove(guest);
  }

  /** The owner has shown who they are. */
  public void shown(String proof, Instant at) {
    lastLogin = Optional.of(at);
    if (proof.equals("pkam")) {
      lastPkam = Optional.of(at);
    }
  }

  public List<Guest> present() {
    return List.copyOf(present);
  }

  /** Since this process started; empty if never. */
  public Optional<Instant> lastLogin() {
    return lastLogin;
  }

  /** The same, by pkam. */
  public Optional<Instant> lastPkam() {
    return lastPkam;
  }
}
