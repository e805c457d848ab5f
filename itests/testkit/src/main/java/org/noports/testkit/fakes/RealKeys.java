package org.noports.testkit.fakes;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import org.noports.api.AtSign;
import org.noports.api.IdentityUnusable;
import org.noports.api.identity.Fingerprint;
import org.noports.api.identity.Identity;
import org.noports.api.identity.SigningKey;

/** An identity with real RSA keys, made once for each atSign in a JVM: cutting them is slow. */
public final class RealKeys implements Identity {
  private static final ConcurrentHashMap<AtSign, RealKeys> KNOWN = new ConcurrentHashMap<>();

  private final AtSign atSign;
  private final KeyPair encryption;
  private final KeyPair authentication;
  private final Optional<PosingKey> signing;
  private final Optional<PosingKey> authenticating;
  private final boolean listed;

  private RealKeys(AtSign atSign) {
    this(atSign, cut(), cut());
  }

  private RealKeys(AtSign atSign, KeyPair encryption, KeyPair authentication) {
    this(atSign, encryption, authentication, Optional.empty(), Optional.empty(), false);
  }

  private RealKeys(
      AtSign atSign,
      KeyPair encryption,
      KeyPair authentication,
      Optional<PosingKey> signing,
      Optional<PosingKey> authenticating,
      boolean listed) {
    this.signing = signing;
    this.authenticating = authenticating;
    this.listed = listed;
    this.atSign = atSign;
    this.encryption = encryption;
    this.authentication = authentication;
  }

  public static RealKeys of(AtSign atSign) {
    return KNOWN.computeIfAbsent(atSign, RealKeys::new);
  }

  /** The keys of {@code atSign}, written with or without its {@code @}. */
  public static RealKeys of(String atSign) {
    return of(AtSign.of(atSign));
  }

  /** Other keys for the same atSign: what an impostor would have. */
  public static RealKeys impostorOf(String atSign) {
    return new RealKeys(AtSign.of(atSign));
  }

  /** The same authentication key with another encryption key. */
  public RealKeys withNewEncryptionKey() {
    return new RealKeys(atSign, cut(), authentication);
  }

  /** The same keys and one that passes for ML-DSA-65. */
  public RealKeys signingAlsoBy(PosingKey key) {
    return new RealKeys(
        atSign, encryption, authentication, Optional.of(key), authenticating, listed);
  }

  /** The same keys; a list of them is what is published as signing keys. */
  public RealKeys publishingList() {
    return new RealKeys(atSign, encryption, authentication, signing, authenticating, true);
  }

  /** The same keys; one that passes for ML-DSA-65 authenticates. */
  public RealKeys authenticatingBy(PosingKey key) {
    return new RealKeys(atSign, encryption, authentication, signing, Optional.of(key), listed);
  }

  @Override
  public Optional<SigningKey> authenticationKey() {
    return authenticating.map(key -> key);
  }

  @Override
  public Optional<SigningKey> signingKey() {
    return signing.map(key -> key);
  }

  @Override
  public String signingKeyRecord() {
    return signing
        .filter(key -> listed)
        .map(
            key ->
                "{\"v\":1,\"keys\":[{\"use\":\"sign\",\"alg\":\"mldsa65\",\"pub\":\""
                    + key.publicKey()
                    + "\"},{\"use\":\"sign\",\"alg\":\"rsa2048\",\"pub\":\""
                    + authenticationPublicKey()
                    + "\"}]}")
        .orElseGet(this::authenticationPublicKey);
  }

  @Override
  public boolean answersChallenges() {
    return !listed;
  }

  private static KeyPair cut() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
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
    return base64(encryption);
  }

  @Override
  public String authenticationPublicKey() {
    return base64(authentication);
  }

  private static String base64(KeyPair keys) {
    return Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
  }

  @Override
  public byte[] signAsAuthentication(byte[] message) {
    return sign(authentication, message);
  }

  @Override
  public byte[] signAsEncryption(byte[] message) {
    return sign(encryption, message);
  }

  private static byte[] sign(KeyPair keys, byte[] message) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(keys.getPrivate());
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public byte[] unwrap(byte[] wrapped) throws IdentityUnusable {
    try {
      Cipher rsa = Cipher.getInstance("RSA/ECB/PKCS1Padding");
      rsa.init(Cipher.DECRYPT_MODE, encryption.getPrivate());
      return rsa.doFinal(wrapped);
    } catch (GeneralSecurityException e) {
      throw new IdentityUnusable("Not wrapped for " + atSign, e);
    }
  }

  @Override
  public Fingerprint fingerprint() {
    return Fingerprint.ofPublicKey(encryptionPublicKey());
  }
}
