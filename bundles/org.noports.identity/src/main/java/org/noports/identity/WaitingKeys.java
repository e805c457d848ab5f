package org.noports.identity;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.IdentityUnusable;
import org.noports.api.Secret;
import org.noports.api.identity.ConveyedKeys;
import org.noports.api.identity.Fingerprint;
import org.noports.api.identity.Identity;
import org.noports.api.identity.PendingKeys;

/** An authentication pair of its own, and the symmetric key that opens what an approval brings. */
final class WaitingKeys implements PendingKeys {
  private final AtSign atSign;
  private final String encryptionPublicKey;
  private final RsaPair authentication;
  private final SymmetricKey symmetric;
  private final String wrapped;

  private WaitingKeys(
      AtSign atSign, String encryptionPublicKey, SymmetricKey symmetric, String wrapped) {
    this.atSign = requireNonNull(atSign, "atSign is null");
    this.encryptionPublicKey = requireNonNull(encryptionPublicKey, "encryptionPublicKey is null");
    this.symmetric = requireNonNull(symmetric, "symmetric is null");
    this.wrapped = requireNonNull(wrapped, "wrapped is null");
    this.authentication = RsaPair.cut();
  }

  static WaitingKeys cut(AtSign atSign, String encryptionPublicKey) throws IdentityUnusable {
    SymmetricKey symmetric = SymmetricKey.fresh();
    try {
      String wrapped = symmetric.wrappedFor(encryptionPublicKey);
      return new WaitingKeys(atSign, encryptionPublicKey.strip(), symmetric, wrapped);
    } catch (GeneralSecurityException e) {
      symmetric.close();
      throw new IdentityUnusable(
          "What "
              + atSign
              + " publishes is no RSA key ("
              + e.getMessage()
              + "): its owner has to onboard it first",
          e);
    }
  }

  @Override
  public String authenticationPublicKey() {
    return authentication.publicText();
  }

  @Override
  public String wrappedSymmetricKey() {
    return wrapped;
  }

  @Override
  public Fingerprint fingerprint() {
    return Fingerprint.ofPublicKey(wrapped);
  }

  @Override
  public byte[] signAsAuthentication(byte[] message) {
    return authentication.sign(message);
  }

  @Override
  public Identity file(String enrollmentId, ConveyedKeys conveyed, Path file)
      throws IdentityUnusable {
    try (Secret selfText = symmetric.open(conveyed.selfEncryptionKey());
        SelfCipher self = SelfCipher.of(selfText)) {
      return NewKeyFile.write(
          atSign,
          file,
          authentication,
          encryption(conveyed),
          self,
          Optional.of(new NewKeyFile.Enrolled(enrollmentId, symmetric.text())));
    } catch (GeneralSecurityException e) {
      throw new IdentityUnusable(
          "The keys that the approval of enrollment "
              + enrollmentId
              + " brought for "
              + atSign
              + " do not open: "
              + e.getMessage()
              + "; ask for a new enrollment",
          e);
    }
  }

  private RsaPair encryption(ConveyedKeys conveyed) throws GeneralSecurityException {
    try (Secret text = symmetric.open(conveyed.encryptionPrivateKey())) {
      byte[] base64 = text.exposeSecretBytes();
      byte[] pkcs8 = new byte[0];
      try {
        pkcs8 = Base64.getMimeDecoder().decode(base64);
        return RsaPair.of(encryptionPublicKey, pkcs8);
      } catch (IllegalArgumentException e) {
        throw new GeneralSecurityException("the private key is not base64", e);
      } finally {
        Arrays.fill(base64, (byte) 0);
        Arrays.fill(pkcs8, (byte) 0);
      }
    }
  }

  @Override
  public void close() {
    symmetric.close();
  }

  @Override
  public String toString() {
    return "WaitingKeys[" + atSign + "]";
  }
}
