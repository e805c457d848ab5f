package org.noports.testkit.fake;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import org.noports.api.AtSign;
import org.noports.api.IdentityUnusable;
import org.noports.api.identity.Fingerprint;
import org.noports.api.identity.Identity;

/** Real RSA keys of one atSign, cut once for all tests of a run. */
public final class FakeIdentity implements Identity {
  private static final Map<AtSign, FakeIdentity> CUT = new ConcurrentHashMap<>();

  private final AtSign atSign;
  private final KeyPair encryption = rsa();
  private final KeyPair authentication = rsa();

  private FakeIdentity(AtSign atSign) {
    this.atSign = atSign;
  }

  /** The keys of {@code atSign}: the same ones at each call. */
  public static FakeIdentity of(String atSign) {
    return CUT.computeIfAbsent(AtSign.of(atSign), FakeIdentity::new);
  }

  /** Other keys for the same atSign: what an impostor would have. */
  public static FakeIdentity impostorOf(String atSign) {
    return new FakeIdentity(AtSign.of(atSign));
  }

  private static KeyPair rsa() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public AtSign atSign() {
    return atSign;
  }

  @Override
  public Optional<String> enrollmentId() {
    return Optional.empty();
  }

  @Override
  public String encryptionPublicKey() {
    return Base64.getEncoder().encodeToString(encryption.getPublic().getEncoded());
  }

  @Override
  public String authenticationPublicKey() {
    return Base64.getEncoder().encodeToString(authentication.getPublic().getEncoded());
  }

  @Override
  public byte[] signAsAuthentication(byte[] message) {
    return sign(authentication, message);
  }

  @Override
  public byte[] signAsEncryption(byte[] message) {
    return sign(encryption, message);
  }

  private static byte[] sign(KeyPair pair, byte[] message) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(pair.getPrivate());
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public byte[] unwrap(byte[] wrapped) throws IdentityUnusable {
    try {
      Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
      cipher.init(Cipher.DECRYPT_MODE, encryption.getPrivate());
      return cipher.doFinal(wrapped);
    } catch (GeneralSecurityException e) {
      throw new IdentityUnusable("Not wrapped for " + atSign, e);
    }
  }

  @Override
  public Fingerprint fingerprint() {
    return Fingerprint.ofPublicKey(encryptionPublicKey());
  }
}
