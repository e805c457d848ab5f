package org.noports.device;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.cipher.KeyTransport;
import org.noports.api.cipher.StreamCipher;
import org.noports.api.tunnel.DirectionKey;
import org.noports.api.tunnel.Level;
import org.noports.api.tunnel.SessionKeys;
import org.noports.protocol.session.WrappedKeys;
import org.noports.protocol.session.WrappedKeys.WrappedKey;

/**
 * Fresh keys of one session, clear for our end and wrapped for the client's
 * (docs/protocol/noports.md 3).
 *
 * @param clear goes to the tunnel, which wipes it
 * @param wrapped goes into the answer
 */
record CutKeys(SessionKeys clear, WrappedKeys wrapped) {
  private static final SecureRandom RANDOM = new SecureRandom();

  /**
   * Cuts a key and IV for each direction, or at {@link Level#L0} one for both.
   *
   * @param clientKey base64 X.509 of the client's session key
   */
  static CutKeys cut(CipherCatalogue ciphers, String clientKey, Level level)
      throws CipherUnavailable, ProtocolViolation {
    StreamCipher cipher = ciphers.streamCipher(StreamCipher.AES_256_CTR);
    KeyTransport transport = ciphers.keyTransport(KeyTransport.RSA_2048);
    DirectionKey forth = fresh(cipher);
    DirectionKey back =
        level == Level.L0 ? new DirectionKey(copy(forth.key()), forth.iv()) : fresh(cipher);
    SessionKeys clear = new SessionKeys(level, cipher, forth, back);
    try {
      WrappedKey wrappedForth = wrap(transport, clientKey, forth);
      return new CutKeys(
          clear,
          level == Level.L0
              ? new WrappedKeys.Legacy(wrappedForth)
              : new WrappedKeys.Twin(wrappedForth, wrap(transport, clientKey, back)));
    } catch (CipherUnavailable | ProtocolViolation | RuntimeException e) {
      clear.close();
      throw e;
    }
  }

  private static DirectionKey fresh(StreamCipher cipher) {
    return new DirectionKey(Secret.owning(random(cipher.keyLength())), random(cipher.ivLength()));
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  private static Secret copy(Secret secret) {
    return Secret.owning(secret.exposeSecretBytes());
  }

  private static WrappedKey wrap(KeyTransport transport, String clientKey, DirectionKey direction)
      throws CipherUnavailable, ProtocolViolation {
    byte[] key = direction.key().exposeSecretBytes();
    try {
      return new WrappedKey(
          wrap(transport, clientKey, key), wrap(transport, clientKey, direction.iv()));
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private static String wrap(KeyTransport transport, String clientKey, byte[] clear)
      throws CipherUnavailable, ProtocolViolation {
    byte[] text = Base64.getEncoder().encode(clear);
    try {
      byte[] wrapped = transport.wrap(clientKey, text);
      return new String(Base64.getEncoder().encode(wrapped), StandardCharsets.US_ASCII);
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }
}
