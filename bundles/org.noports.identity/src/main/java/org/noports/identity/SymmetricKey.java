package org.noports.identity;

import static java.util.Objects.requireNonNull;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import org.noports.api.Secret;
import org.noports.api.identity.ConveyedKeys;
import org.noports.api.identity.ConveyedKeys.Sealed;

/**
 * The key under which an atSign's shared keys travel to one enrollment (docs/protocol/atprotocol.md
 * 3.6). Each use takes an IV of its own: with zeros for both, as older programs do, whoever stores
 * them could take one from the other.
 */
final class SymmetricKey implements AutoCloseable {
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Base64 of 32 bytes, as ASCII bytes: that text is what is wrapped. */
  private final Secret text;

  private SymmetricKey(Secret text) {
    this.text = requireNonNull(text, "text is null");
  }

  static SymmetricKey fresh() {
    try (SelfCipher cipher = SelfCipher.fresh()) {
      return new SymmetricKey(cipher.keyText());
    }
  }

  /** The key of a text that somebody else made; takes the text over. */
  static SymmetricKey of(Secret text) throws GeneralSecurityException {
    SymmetricKey key = new SymmetricKey(text);
    Arrays.fill(key.bytes(), (byte) 0);
    return key;
  }

  Secret text() {
    return text;
  }

  private byte[] bytes() throws GeneralSecurityException {
    byte[] base64 = text.exposeSecretBytes();
    try {
      byte[] key = Base64.getDecoder().decode(base64);
      if (key.length != CounterMode.KEY_BYTES) {
        throw new GeneralSecurityException("the symmetric key is not of 32 bytes");
      }
      return key;
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("the symmetric key is not base64", e);
    } finally {
      Arrays.fill(base64, (byte) 0);
    }
  }

  /** Wrapped for who has the other half of {@code publicKey}: base64. */
  String wrappedFor(String publicKey) throws GeneralSecurityException {
    byte[] clear = text.exposeSecretBytes();
    try {
      PublicKey open =
          KeyFactory.getInstance("RSA")
              .generatePublic(new X509EncodedKeySpec(CounterMode.decode(publicKey)));
      Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
      cipher.init(Cipher.ENCRYPT_MODE, open);
      return Base64.getEncoder().encodeToString(cipher.doFinal(clear));
    } finally {
      Arrays.fill(clear, (byte) 0);
    }
  }

  ConveyedKeys convey(RsaPair encryption, SelfCipher self) {
    try (Secret privateText = encryption.privateText();
        Secret selfText = self.keyText()) {
      return new ConveyedKeys(seal(privateText), seal(selfText));
    }
  }

  private Sealed seal(Secret clear) {
    byte[] iv = new byte[CounterMode.BLOCK];
    RANDOM.nextBytes(iv);
    byte[] bytes = clear.exposeSecretBytes();
    try {
      byte[] key = bytes();
      try {
        byte[] sealed = CounterMode.seal(key, iv, bytes);
        Base64.Encoder base64 = Base64.getEncoder();
        return new Sealed(base64.encodeToString(sealed), Optional.of(base64.encodeToString(iv)));
      } finally {
        Arrays.fill(key, (byte) 0);
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A key that was checked when made is one", e);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** What an approver sealed; the caller closes it. */
  Secret open(Sealed sealed) throws GeneralSecurityException {
    byte[] iv = new byte[CounterMode.BLOCK];
    if (sealed.iv().isPresent()) {
      iv = CounterMode.decode(sealed.iv().get());
    }
    byte[] key = bytes();
    try {
      return CounterMode.open(key, iv, CounterMode.decode(sealed.text()));
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  @Override
  public void close() {
    text.close();
  }
}
