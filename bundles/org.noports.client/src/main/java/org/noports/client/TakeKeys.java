package org.noports.client;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.noports.api.CipherUnavailable;
import org.noports.api.NoPortsException;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.cipher.EphemeralKey;
import org.noports.api.cipher.StreamCipher;
import org.noports.api.tunnel.DirectionKey;
import org.noports.api.tunnel.Level;
import org.noports.api.tunnel.SessionKeys;
import org.noports.protocol.session.SessionResponse;
import org.noports.protocol.session.WrappedKeys;
import org.noports.protocol.session.WrappedKeys.WrappedKey;

/**
 * Opens the session's keys that the device wrapped for us (docs/protocol/noports.md 3); a step of
 * OpenTunnel.
 */
final class TakeKeys {
  private final Neighbours neighbours;

  TakeKeys(Neighbours neighbours) {
    this.neighbours = neighbours;
  }

  /** The keys; one key for both directions is refused unless configuration allows it by name. */
  SessionKeys take(Attempt attempt, SessionResponse.Connected answer, Optional<EphemeralKey> cut)
      throws NoPortsException {
    EphemeralKey ephemeral =
        cut.orElseThrow(
            () ->
                new ProtocolViolation(
                    attempt.request().device() + " answered what it was not asked for"));
    CipherCatalogue ciphers = neighbours.ciphers();
    StreamCipher cipher = ciphers.streamCipher(StreamCipher.AES_256_CTR);
    if (answer.keys() instanceof WrappedKeys.Twin twin) {
      return open(Level.L1, ephemeral, cipher, twin.clientToDevice(), twin.deviceToClient());
    }
    if (answer.keys() instanceof WrappedKeys.Legacy legacy) {
      if (!attempt.settings().allowInsecureL0()) {
        throw Agreement.insecure(attempt.request().device());
      }
      return open(Level.L0, ephemeral, cipher, legacy.both(), legacy.both());
    }
    throw new ProtocolViolation(
        attempt.request().device() + " sent no keys: the session would not be sealed");
  }

  private static SessionKeys open(
      Level level,
      EphemeralKey ephemeral,
      StreamCipher cipher,
      WrappedKey clientToDevice,
      WrappedKey deviceToClient)
      throws ProtocolViolation, CipherUnavailable {
    DirectionKey forth = open(ephemeral, cipher, clientToDevice);
    try {
      return new SessionKeys(level, cipher, forth, open(ephemeral, cipher, deviceToClient));
    } catch (ProtocolViolation | CipherUnavailable e) {
      forth.close();
      throw e;
    }
  }

  private static DirectionKey open(EphemeralKey ephemeral, StreamCipher cipher, WrappedKey wrapped)
      throws ProtocolViolation, CipherUnavailable {
    byte[] iv = unwrap(ephemeral, wrapped.iv(), cipher.ivLength());
    return new DirectionKey(
        Secret.owning(unwrap(ephemeral, wrapped.key(), cipher.keyLength())), iv);
  }

  private static byte[] unwrap(EphemeralKey ephemeral, String wrapped, int length)
      throws ProtocolViolation {
    byte[] text = new byte[0];
    try {
      text = ephemeral.unwrap(Base64.getDecoder().decode(wrapped));
      byte[] bytes = Base64.getDecoder().decode(text);
      if (bytes.length != length) {
        throw new ProtocolViolation("session response: a key has " + bytes.length + " bytes");
      }
      return bytes;
    } catch (IllegalArgumentException e) {
      // The cause would quote a part of the key.
      throw new ProtocolViolation("session response: a key is not base64");
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }
}
