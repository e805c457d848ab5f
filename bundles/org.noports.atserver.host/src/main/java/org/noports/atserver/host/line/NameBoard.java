package org.noports.atserver.host.line;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.noports.transport.LineChannel;
import org.noports.transport.LineReader;

/**
 * Who is behind which host name on the shared port: an atSign is told from the TLS server name,
 * before the conversation begins. Thread-safe.
 *
 * <p>The hand-shake succeeds whatever name was sent, with the one certificate that there is, so
 * that whoever asked for the wrong one can read why nobody answers.
 */
public final class NameBoard {
  private static final String NAMELESS =
      "error:AT0007-Exception: no server name : this port serves many atSigns and tells them apart"
          + " by the TLS server name (SNI), which was not sent; use the host name that the"
          + " atDirectory gives, or a port of the atSign's own\n";
  private static final String UNKNOWN =
      "error:AT0007-Exception: unknown server name : no atSign is served here under the TLS server"
          + " name (SNI) that was sent; ask the atDirectory again\n";

  private final Map<String, Supplier<Reception>> receptions = new ConcurrentHashMap<>();

  /** Answers at {@code name}, a whole host name in lower case, from now on. */
  public void put(String name, Supplier<Reception> reception) {
    receptions.put(requireNonNull(name, "name is null"), requireNonNull(reception, "is null"));
  }

  /** Answers there no longer; connections go on. */
  public void remove(String name) {
    receptions.remove(name);
  }

  /** Whether somebody answers at {@code name}. */
  public boolean knows(String name) {
    return receptions.containsKey(name);
  }

  /** Begins what is right for a connection whose TLS stands; on its loop. */
  public LineReader accept(LineChannel channel) {
    Optional<String> name = channel.serverName();
    if (name.isEmpty()) {
      return Turned.away(channel, NAMELESS);
    }
    Supplier<Reception> reception = receptions.get(name.get());
    return reception == null ? Turned.away(channel, UNKNOWN) : reception.get().accept(channel);
  }
}
