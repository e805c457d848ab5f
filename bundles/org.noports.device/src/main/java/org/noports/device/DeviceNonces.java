package org.noports.device;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.noports.api.AtSign;
import org.noports.protocol.np2.Np2Offer;

/**
 * The nonces that this device's ping answers give out: a request must bring one, from its client
 * and not older than a minute (docs/protocol/np2.md 3). A request without one is old, or somebody
 * took it away.
 *
 * <p>Each says when it was given out and is sealed for its client, under a key of this run: nothing
 * is kept, so whoever asks without end takes nobody else's away. One may serve several requests: a
 * ping answer is heard by every process of its client, and says not whose ping it answers. That
 * each request serves once is seen to by {@link SeenSessions}.
 */
final class DeviceNonces {
  static final Duration LIFE = Duration.ofSeconds(60);

  private static final String MAC = "HmacSHA256";
  private static final int RANDOM_BYTES = 8;
  private static final int SAID_BYTES = Long.BYTES + RANDOM_BYTES;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final InstantSource clock;
  private final SecretKeySpec key;

  DeviceNonces(InstantSource clock) {
    this.clock = clock;
    byte[] bytes = random(32);
    this.key = new SecretKeySpec(bytes, MAC);
    Arrays.fill(bytes, (byte) 0);
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  /** A fresh one. */
  String issue(AtSign client) {
    ByteBuffer nonce =
        ByteBuffer.allocate(Np2Offer.NONCE_LENGTH)
            .putLong(clock.millis())
            .put(random(RANDOM_BYTES));
    byte[] said = Arrays.copyOf(nonce.array(), SAID_BYTES);
    return Base64.getEncoder().encodeToString(nonce.put(seal(client, said)).array());
  }

  /** Whether {@code client} got this nonce, and not too long ago. */
  boolean accept(AtSign client, String nonce) {
    byte[] bytes = bytes(nonce);
    if (bytes.length != Np2Offer.NONCE_LENGTH) {
      return false;
    }
    byte[] said = Arrays.copyOf(bytes, SAID_BYTES);
    byte[] seal = Arrays.copyOfRange(bytes, SAID_BYTES, bytes.length);
    return MessageDigest.isEqual(seal, seal(client, said)) && isYoung(said);
  }

  private static byte[] bytes(String nonce) {
    try {
      return Base64.getDecoder().decode(nonce);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  /** One from the future is ours too: the clock was set back meanwhile. */
  private boolean isYoung(byte[] said) {
    Instant issued = Instant.ofEpochMilli(ByteBuffer.wrap(said).getLong());
    return Duration.between(issued, clock.instant()).abs().compareTo(LIFE) <= 0;
  }

  /** As many bytes of the MAC as the nonce has room for: 128 bits. */
  private byte[] seal(AtSign client, byte[] said) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(key);
      mac.update(said);
      byte[] all = mac.doFinal(client.name().getBytes(StandardCharsets.UTF_8));
      return Arrays.copyOf(all, Np2Offer.NONCE_LENGTH - SAID_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has " + MAC, e);
    }
  }
}
