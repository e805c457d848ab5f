package org.noports.atserver;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import org.noports.api.AtSign;
import org.noports.api.IdentityUnusable;
import org.noports.api.identity.Fingerprint;
import org.noports.api.identity.Identity;

/** Keys in memory. */
final class FakeIdentity implements Identity {
  private final AtSign atSign;
  private final KeyPair authentication;
  private final KeyPair encryption;

  FakeIdentity(String atSign) {
    this(AtSign.of(atSign), pair(), pair());
  }

  private FakeIdentity(AtSign atSign, KeyPair authentication, KeyPair encryption) {
    this.atSign = atSign;
    this.authentication = authentication;
    this.encryption = encryption;
  }

  FakeIdentity withNewEncryptionKey() {
    return new FakeIdentity(atSign, authentication, pair());
  }

  private static KeyPair pair() {
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
    return sign(authentication.getPrivate(), message);
  }

  @Override
  public byte[] signAsEncryption(byte[] message) {
    return sign(encryption.getPrivate(), message);
  }

  private static byte[] sign(PrivateKey key, byte[] message) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
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
      throw new IdentityUnusable("not for this key", e);
    }
  }

  @Override
  public Fingerprint fingerprint() {
    return Fingerprint.ofPublicKey(encryptionPublicKey());
  }
}
