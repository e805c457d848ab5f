package org.noports.device;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.noports.api.AtSign;
import org.noports.protocol.np2.Np2Offer;

/**
 * The nonces that this device's ping answers gave out: a request must bring one, from its client
 * and not older than a minute (docs/protocol/np2.md 3). A request without one is old, or somebody
 * took it away.
 *
 * <p>One may serve several requests: a ping answer is heard by every process of its client, and
 * says not whose ping it answers. That each request serves once is seen to by its session id.
 */
final class DeviceNonces {
  static final Duration LIFE = Duration.ofSeconds(60);

  /** About 2 MiB; only clients that the policy knows get one. The oldest gives way. */
  private static final int REMEMBERED = 16_384;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final InstantSource clock;
  private final Map<String, Issued> issued =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Issued> eldest) {
          return size() > REMEMBERED || eldest.getValue().until().isBefore(clock.instant());
        }
      };

  private record Issued(AtSign client, Instant until) {}

  DeviceNonces(InstantSource clock) {
    this.clock = clock;
  }

  /** A fresh one. */
  synchronized String issue(AtSign client) {
    byte[] bytes = new byte[Np2Offer.NONCE_LENGTH];
    RANDOM.nextBytes(bytes);
    String nonce = Base64.getEncoder().encodeToString(bytes);
    issued.put(nonce, new Issued(client, clock.instant().plus(LIFE)));
    return nonce;
  }

  /** Whether {@code client} got this nonce, and not too long ago. */
  synchronized boolean accept(AtSign client, String nonce) {
    Issued found = issued.get(nonce);
    return found != null
        && found.client().equals(client)
        && !found.until().isBefore(clock.instant());
  }
}
