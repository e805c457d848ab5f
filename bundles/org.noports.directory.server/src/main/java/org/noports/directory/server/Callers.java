package org.noports.directory.server;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.noports.directory.server.Visit.Outcome;

/**
 * All client addresses that have a connection or were seen guessing. Of memory it takes what the
 * limits say: those present are bounded by the connections, those remembered by a setting.
 *
 * <p>Asked when connections come and go and when a name is not found; names that are found never
 * come here. Thread-safe.
 */
final class Callers {
  private static final long SPEAK_EVERY = 60_000_000_000L;

  /** Clients give up waiting for a prompt after about that long. */
  private static final long LONGEST_WAIT = 3_000_000_000L;

  private final Supplier<Settings> settings;
  private final LongSupplier nanoTime;
  private final Map<ClientAddress, Caller> present = new HashMap<>();
  private final LinkedHashMap<ClientAddress, Caller> remembered = new LinkedHashMap<>();
  private int connections;
  private long turnedAway;
  private long guessed;
  private long spokenOfFull;
  private long spokenOfGuesses;

  Callers(Supplier<Settings> settings, LongSupplier nanoTime) {
    this.settings = settings;
    this.nanoTime = nanoTime;
    this.spokenOfFull = nanoTime.getAsLong() - SPEAK_EVERY;
    this.spokenOfGuesses = spokenOfFull;
  }

  /**
   * Somebody has connected, and nothing is spent on TLS yet. Until that stands they count like
   * everybody else.
   *
   * @return what to run when they are gone, or just before they {@link #arrive}; empty if all their
   *     places are taken
   */
  synchronized Optional<Runnable> enter(ClientAddress address) {
    Caller caller = count(address);
    Optional<String> limit = exceeded(caller);
    if (limit.isPresent()) {
      leave(address);
      turnAway(limit.get());
      return Optional.empty();
    }
    return Optional.of(() -> leave(address));
  }

  private Caller count(ClientAddress address) {
    long now = nanoTime.getAsLong();
    Caller caller = present.computeIfAbsent(address, it -> recalled(it, now));
    caller.arrive();
    connections++;
    return caller;
  }

  private Optional<String> exceeded(Caller caller) {
    Settings limits = settings.get();
    if (connections > limits.maxConnections()) {
      return Optional.of("all " + limits.maxConnections() + " connections (maxConnections)");
    }
    int each = limits.callers().connections();
    return caller.connections() > each
        ? Optional.of(each + " of one address (connectionsPerAddress)")
        : Optional.empty();
  }

  /** A connection came; {@link #leave} it whatever the outcome says. */
  synchronized Visit arrive(ClientAddress address) {
    Caller caller = count(address);
    Optional<String> limit = exceeded(caller);
    if (limit.isPresent()) {
      return turnedAway(address, limit.get());
    }
    long now = nanoTime.getAsLong();
    Settings limits = settings.get();
    if (!caller.isGuarded(now, limits.callers())) {
      return new Visit(this, address, Outcome.GREETED, 0);
    }
    long wait = caller.untilGreeting(now);
    if (wait > LONGEST_WAIT) {
      return turnedAway(
          address,
          limits.callers().guardedGreetingsPerSecond()
              + " per second of an address that guesses names (guardedGreetingsPerSecond)");
    }
    caller.takeGreeting(now, limits.callers());
    return new Visit(this, address, Outcome.GREETED, wait);
  }

  private Caller recalled(ClientAddress address, long now) {
    Caller known = remembered.remove(address);
    return known == null ? new Caller(now) : known;
  }

  private Visit turnedAway(ClientAddress address, String limit) {
    turnAway(limit);
    return new Visit(this, address, Outcome.TURNED_AWAY, 0);
  }

  private void turnAway(String limit) {
    turnedAway++;
    long now = nanoTime.getAsLong();
    if (now - spokenOfFull >= SPEAK_EVERY) {
      spokenOfFull = now;
      DirectoryServerLog.turnedAway(limit, turnedAway);
    }
  }

  /** An unknown name; false if the address has used up its budget of them. */
  synchronized boolean miss(ClientAddress address) {
    long now = nanoTime.getAsLong();
    CallerLimits limits = settings.get().callers();
    boolean free = present.computeIfAbsent(address, it -> new Caller(now)).miss(now, limits);
    if (!free) {
      guessed++;
      if (now - spokenOfGuesses >= SPEAK_EVERY) {
        spokenOfGuesses = now;
        DirectoryServerLog.guessing(limits.missesAtOnce(), limits.missesPerMinute());
      }
    }
    return free;
  }

  synchronized void leave(ClientAddress address) {
    connections--;
    Caller caller = present.get(address);
    caller.leave();
    if (caller.connections() > 0) {
      return;
    }
    present.remove(address);
    CallerLimits limits = settings.get().callers();
    if (!caller.isWhole(nanoTime.getAsLong(), limits)) {
      remembered.put(address, caller);
      forgetOldest(limits.remembered());
    }
  }

  private void forgetOldest(int most) {
    Iterator<Caller> oldest = remembered.values().iterator();
    while (remembered.size() > most) {
      oldest.next();
      oldest.remove();
    }
  }

  /** How many addresses are held. */
  synchronized int held() {
    return present.size() + remembered.size();
  }

  /** For health: what the limits have kept off since the start; empty if nothing. */
  synchronized String keptOff() {
    return turnedAway + guessed == 0
        ? ""
        : "; since the start "
            + turnedAway
            + " connections were turned away and "
            + guessed
            + " guesses slowed down";
  }
}
