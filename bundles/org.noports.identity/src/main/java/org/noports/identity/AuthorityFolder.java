package org.noports.identity;

import static org.noports.api.identity.CertificateAuthority.CA_CERTIFICATE;
import static org.noports.api.identity.CertificateAuthority.CA_KEY;
import static org.noports.api.identity.CertificateAuthority.CROSSED_CERTIFICATE;
import static org.noports.api.identity.CertificateAuthority.PREVIOUS_CERTIFICATE;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Optional;
import org.noports.api.IdentityUnusable;

/**
 * The files of a certificate authority. A change of generation is prepared beside them and then
 * moved into place, key first: whoever comes after an interruption ends it ({@link #settle}).
 */
record AuthorityFolder(Path folder) {
  private static final String NEXT_CERTIFICATE = "ca-next.pem";
  private static final String NEXT_KEY = "ca-next-key.pem";
  static final String CERTIFICATE = "CERTIFICATE";
  private static final String PRIVATE_KEY = "PRIVATE KEY";

  /** A new authority. */
  void create(X509Certificate certificate, PrivateKey key) throws IOException {
    byte[] text = pem(key);
    try {
      OwnerOnlyFiles.create(folder.resolve(CA_KEY), text);
    } finally {
      Arrays.fill(text, (byte) 0);
    }
    OwnerOnlyFiles.replacePublic(folder.resolve(CA_CERTIFICATE), pem(certificate));
  }

  X509Certificate certificate() throws IdentityUnusable {
    return certificate(folder.resolve(CA_CERTIFICATE));
  }

  PrivateKey key() throws IdentityUnusable {
    return key(folder.resolve(CA_KEY));
  }

  /** The certificate that goes between a server's and the generation before; only in an overlap. */
  Optional<X509Certificate> crossed() throws IdentityUnusable {
    Path file = folder.resolve(CROSSED_CERTIFICATE);
    return Files.exists(file) ? Optional.of(certificate(file)) : Optional.empty();
  }

  boolean overlapping() {
    return Files.exists(folder.resolve(PREVIOUS_CERTIFICATE));
  }

  /** Puts the next generation in the place of the present one, whose key is gone afterwards. */
  void succeed(X509Certificate next, PrivateKey key, X509Certificate crossed)
      throws IOException, IdentityUnusable {
    byte[] text = pem(key);
    try {
      OwnerOnlyFiles.replace(folder.resolve(NEXT_KEY), text);
    } finally {
      Arrays.fill(text, (byte) 0);
    }
    OwnerOnlyFiles.replacePublic(folder.resolve(NEXT_CERTIFICATE), pem(next));
    OwnerOnlyFiles.replacePublic(folder.resolve(CROSSED_CERTIFICATE), pem(crossed));
    OwnerOnlyFiles.replacePublic(folder.resolve(PREVIOUS_CERTIFICATE), pem(certificate()));
    settle();
  }

  /**
   * Ends a change of generation that was interrupted: forward once the overlap's files are all
   * there, else back.
   */
  void settle() throws IOException, IdentityUnusable {
    Path nextKey = folder.resolve(NEXT_KEY);
    Path next = folder.resolve(NEXT_CERTIFICATE);
    if (overlapping() && Files.exists(next)) {
      if (Files.exists(nextKey)) {
        OwnerOnlyFiles.move(nextKey, folder.resolve(CA_KEY));
      }
      OwnerOnlyFiles.move(next, folder.resolve(CA_CERTIFICATE));
    } else if (Files.exists(nextKey) || Files.exists(next)) {
      Files.deleteIfExists(next);
      Files.deleteIfExists(folder.resolve(CROSSED_CERTIFICATE));
      Files.deleteIfExists(nextKey);
    }
    if (!belong(certificate().getPublicKey(), key())) {
      throw unusable(
          folder.resolve(CA_KEY), "it is not the key of " + CA_CERTIFICATE + " beside it", null);
    }
  }

  /** Forgets the generation before. */
  void forgetPrevious() throws IOException {
    Files.deleteIfExists(folder.resolve(CROSSED_CERTIFICATE));
    Files.deleteIfExists(folder.resolve(PREVIOUS_CERTIFICATE));
  }

  private static boolean belong(PublicKey open, PrivateKey secret) {
    try {
      byte[] message = new byte[16];
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(secret);
      signature.update(message);
      byte[] signed = signature.sign();
      signature.initVerify(open);
      signature.update(message);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** The first certificate of a PEM file. */
  static X509Certificate certificate(Path file) throws IdentityUnusable {
    try {
      byte[] der = Pem.first(CERTIFICATE, Files.readAllBytes(file));
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (IOException | IllegalArgumentException | GeneralSecurityException e) {
      throw unusable(file, reason(e), e);
    }
  }

  private static PrivateKey key(Path file) throws IdentityUnusable {
    try {
      byte[] der = Pem.first(PRIVATE_KEY, Files.readAllBytes(file));
      PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
      Arrays.fill(der, (byte) 0);
      return key;
    } catch (IOException | IllegalArgumentException | GeneralSecurityException e) {
      throw unusable(file, reason(e), e);
    }
  }

  static byte[] pem(PrivateKey key) {
    byte[] der = key.getEncoded();
    try {
      return Pem.block(PRIVATE_KEY, der);
    } finally {
      Arrays.fill(der, (byte) 0);
    }
  }

  static byte[] pem(X509Certificate certificate) {
    try {
      return Pem.block(CERTIFICATE, certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A certificate that was built has an encoding", e);
    }
  }

  private static IdentityUnusable unusable(Path file, String why, Exception cause) {
    return new IdentityUnusable(
        "Cannot use the certificate authority's file "
            + file
            + ": "
            + why
            + "; issue certificates on the machine where the authority was made",
        cause);
  }

  static String reason(Exception e) {
    return e.getClass().getSimpleName() + " " + e.getMessage();
  }
}
