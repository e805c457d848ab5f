package org.noports.api.relay;

import java.time.Instant;
import java.util.List;
import org.noports.api.AtSign;
import org.noports.api.SessionId;

/** What a relay that runs here is carrying: counts and names, never content. */
public interface RelaySessions {
  /** The relay's own atSign. */
  AtSign atSign();

  /** What it tells others of itself, and how it stands. */
  Standing standing();

  /** The sessions that hold ports now. */
  List<Carried> carried();

  /**
   * One session at a relay.
   *
   * @param id the session
   * @param client who asked for the ports
   * @param device who was named as the other side
   * @param clientPort the port for the client
   * @param devicePort the port for the device
   * @param pairs connections joined now
   * @param bytes bytes carried both ways so far
   * @param bytesPerSecond both ways, since this was last asked at least a second ago; on the first
   *     time since the session began
   * @param since when the ports were handed out
   */
  record Carried(
      SessionId id,
      AtSign client,
      AtSign device,
      int clientPort,
      int devicePort,
      int pairs,
      long bytes,
      long bytesPerSecond,
      Instant since) {}

  /**
   * How a relay stands.
   *
   * @param address the name or IP address that both sides are told to dial
   * @param draining whether it takes no more sessions and waits for the end of those it has
   * @param sessionsAtMost how many it would carry
   */
  record Standing(String address, boolean draining, int sessionsAtMost) {}
}
