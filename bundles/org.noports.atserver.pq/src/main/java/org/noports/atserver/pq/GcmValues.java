package org.noports.atserver.pq;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import org.noports.api.ProtocolViolation;
import org.noports.api.atserver.SealedValue;
import org.noports.api.atserver.ValueAddress;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.verb.AppMetadata;

/**
 * Values under {@code at/symmetric/AES/GCM}: AES-256-GCM over UTF-8, ciphertext and tag in base64,
 * bound to writer, reader and name. Nobody without the key changes a value or passes it off under
 * another name; the same value under the same name can be shown again.
 */
final class GcmValues {
  private static final SecureRandom RANDOM = new SecureRandom();

  private GcmValues() {}

  /**
   * What a value says of its encryption.
   *
   * @param contentKey which key
   * @param iv 12 bytes
   * @param namespace the level whose key the content key was sealed to
   */
  record Said(String contentKey, byte[] iv, String namespace) {
    static Said parse(SealedValue value) throws ProtocolViolation {
      JsonObject json = JsonObject.parse("appMetadata", value.appMetadata());
      byte[] iv = base64("its iv", json.requireText("iv"));
      if (iv.length != HpkeAead.NONCE) {
        throw new ProtocolViolation("its iv has " + iv.length + " bytes, not " + HpkeAead.NONCE);
      }
      String own = json.text("ns").orElse("");
      return new Said(json.requireText("ckKid"), iv, json.text("ckNs").orElse(own));
    }

    @Override
    public String toString() {
      return "Said[" + contentKey + " of " + namespace + "]";
    }
  }

  /**
   * Encrypts.
   *
   * @param namespace the value's own
   * @param keyNamespace the level whose key the content key was sealed to
   */
  static SealedValue seal(
      ContentKey key, ValueAddress address, String clear, String namespace, String keyNamespace) {
    byte[] iv = new byte[HpkeAead.NONCE];
    RANDOM.nextBytes(iv);
    byte[] bytes = clear.getBytes(StandardCharsets.UTF_8);
    byte[] sealed = HpkeAead.AES_256_GCM.seal(key.secret(), iv, Profile.additional(address), bytes);
    Arrays.fill(bytes, (byte) 0);
    JsonObject said =
        JsonObject.builder()
            .put(AppMetadata.PROVIDER_ID, Profile.VALUES)
            .put("ckKid", key.kid())
            .put("iv", Base64.getEncoder().encodeToString(iv))
            .put("ns", namespace)
            .put("ckNs", keyNamespace)
            .build();
    return new SealedValue(Base64.getEncoder().encodeToString(sealed), said.toJson());
  }

  /** Decrypts. */
  static String open(ContentKey key, ValueAddress address, Said said, String text)
      throws ProtocolViolation {
    byte[] clear = new byte[0];
    try {
      byte[] sealed = base64("'" + address.name() + "' of " + address.writer(), text);
      clear =
          HpkeAead.AES_256_GCM.open(key.secret(), said.iv(), Profile.additional(address), sealed);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(clear)).toString();
    } catch (CharacterCodingException e) {
      throw new ProtocolViolation(
          "'"
              + address.name()
              + "' of "
              + address.writer()
              + " holds bytes that are no text (isBinary), which are not read here",
          e);
    } catch (GeneralSecurityException e) {
      throw new ProtocolViolation(
          "'" + address.name() + "' of " + address.writer() + " was not written so for us", e);
    } finally {
      Arrays.fill(clear, (byte) 0);
    }
  }

  static byte[] base64(String what, String text) throws ProtocolViolation {
    try {
      return Base64.getDecoder().decode(text.strip());
    } catch (IllegalArgumentException e) {
      throw new ProtocolViolation(what + " is not base64", e);
    }
  }
}
