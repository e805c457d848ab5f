package org.noports.identity;

import static java.util.Objects.requireNonNull;

import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.Cipher;
import org.noports.api.AtSign;
import org.noports.api.IdentityUnusable;
import org.noports.api.identity.Fingerprint;
import org.noports.api.identity.Identity;
import org.noports.api.identity.SigningKey;
import org.noports.protocol.relay.SigningKeyRecord;

/** One atSign's keys in memory: computes with them, never shows them. */
final class KeyFileIdentity implements Identity {
  private final AtSign atSign;
  private final Optional<String> enrollmentId;
  private final RsaPair authentication;
  private final RsaPair encryption;
  private final PostQuantum postQuantum;

  /**
   * Its ML-DSA-65 keys.
   *
   * @param signing signs requests and answers beside RSA
   * @param authentication authenticates to our atServer in the place of RSA
   * @param listed whether the list of signing keys that is published names the signing key
   */
  record PostQuantum(
      Optional<MlDsaPair> signing, Optional<MlDsaPair> authentication, boolean listed) {}

  KeyFileIdentity(
      AtSign atSign,
      Optional<String> enrollmentId,
      RsaPair authentication,
      RsaPair encryption,
      PostQuantum postQuantum) {
    this.atSign = requireNonNull(atSign, "atSign is null");
    this.enrollmentId = requireNonNull(enrollmentId, "enrollmentId is null");
    this.authentication = requireNonNull(authentication, "authentication is null");
    this.encryption = requireNonNull(encryption, "encryption is null");
    this.postQuantum = requireNonNull(postQuantum, "postQuantum is null");
  }

  @Override
  public AtSign atSign() {
    return atSign;
  }

  @Override
  public Optional<String> enrollmentId() {
    return enrollmentId;
  }

  @Override
  public String encryptionPublicKey() {
    return encryption.publicText();
  }

  @Override
  public String authenticationPublicKey() {
    return authentication.publicText();
  }

  @Override
  public byte[] signAsAuthentication(byte[] message) {
    return authentication.sign(message);
  }

  @Override
  public byte[] signAsEncryption(byte[] message) {
    return encryption.sign(message);
  }

  @Override
  public Optional<SigningKey> signingKey() {
    return postQuantum.signing.map(key -> key);
  }

  @Override
  public Optional<SigningKey> authenticationKey() {
    return postQuantum.authentication.map(key -> key);
  }

  @Override
  public String signingKeyRecord() {
    return postQuantum
        .signing
        .filter(key -> postQuantum.listed)
        .map(key -> SigningKeyRecord.list(authentication.publicText(), key.publicKey()))
        .orElseGet(authentication::publicText);
  }

  @Override
  public boolean answersChallenges() {
    return !postQuantum.listed || postQuantum.signing.isEmpty();
  }

  @Override
  public byte[] unwrap(byte[] wrapped) throws IdentityUnusable {
    try {
      Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
      cipher.init(Cipher.DECRYPT_MODE, encryption.privateKey());
      return cipher.doFinal(wrapped);
    } catch (GeneralSecurityException e) {
      throw new IdentityUnusable(
          "What was sent to "
              + atSign
              + " was not encrypted for the key that is in its key file (fingerprint "
              + fingerprint()
              + "): the sender may hold an older public key, or the key file is not the newest",
          e);
    }
  }

  @Override
  public Fingerprint fingerprint() {
    return Fingerprint.ofPublicKey(encryption.publicText());
  }

  @Override
  public String toString() {
    return "Identity[" + atSign + ", " + fingerprint() + "]";
  }
}
