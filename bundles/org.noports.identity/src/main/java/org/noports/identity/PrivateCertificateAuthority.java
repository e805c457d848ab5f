package org.noports.identity;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import org.noports.api.IdentityUnusable;
import org.noports.api.identity.CertificateAuthority;
import org.osgi.service.component.annotations.Component;

/**
 * A certificate authority whose whole state is two files in a folder. Used once, when a world of
 * its own is made; no connection passes here.
 */
@Component
public final class PrivateCertificateAuthority implements CertificateAuthority {
  private static final String CERTIFICATE = "CERTIFICATE";
  private static final String PRIVATE_KEY = "PRIVATE KEY";

  @Override
  public void create(Path folder, String name) throws IdentityUnusable {
    requireNonNull(name, "name is null");
    Path keyFile = folder.resolve(CA_KEY);
    try {
      KeyPair keys = CertificateBuilding.keys();
      X509Certificate certificate = CertificateBuilding.authority(name, keys);
      writeNew(keyFile, pemOf(keys.getPrivate()));
      writePublic(folder.resolve(CA_CERTIFICATE), Pem.block(CERTIFICATE, der(certificate)));
    } catch (FileAlreadyExistsException e) {
      throw new IdentityUnusable(
          "There is a certificate authority in "
              + folder
              + " already: use it, or choose another folder; it is never overwritten",
          e);
    } catch (IOException e) {
      throw new IdentityUnusable(
          "Cannot write a certificate authority into " + folder + ": " + reason(e), e);
    }
  }

  @Override
  public void issue(Path folder, List<String> names, Path chain, Path key) throws IdentityUnusable {
    requireNonNull(chain, "chain is null");
    requireNonNull(key, "key is null");
    if (names.isEmpty()) {
      throw new IllegalArgumentException("A certificate needs at least one name");
    }
    X509Certificate issuer = authority(folder);
    KeyPair keys = CertificateBuilding.keys();
    X509Certificate server =
        CertificateBuilding.server(List.copyOf(names), keys, issuer, authorityKey(folder));
    try {
      byte[] keyText = pemOf(keys.getPrivate());
      OwnerOnlyFiles.replace(key, keyText);
      Arrays.fill(keyText, (byte) 0);
      writePublic(chain, joined(server, issuer));
    } catch (IOException e) {
      throw new IdentityUnusable(
          "Cannot write the certificate of " + names + " to " + chain + ": " + reason(e), e);
    }
  }

  private static X509Certificate authority(Path folder) throws IdentityUnusable {
    Path file = folder.resolve(CA_CERTIFICATE);
    try {
      byte[] der = Pem.first(CERTIFICATE, Files.readAllBytes(file));
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (IOException | IllegalArgumentException | GeneralSecurityException e) {
      throw noAuthority(file, e);
    }
  }

  private static PrivateKey authorityKey(Path folder) throws IdentityUnusable {
    Path file = folder.resolve(CA_KEY);
    try {
      byte[] der = Pem.first(PRIVATE_KEY, Files.readAllBytes(file));
      PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
      Arrays.fill(der, (byte) 0);
      return key;
    } catch (IOException | IllegalArgumentException | GeneralSecurityException e) {
      throw noAuthority(file, e);
    }
  }

  private static IdentityUnusable noAuthority(Path file, Exception cause) {
    return new IdentityUnusable(
        "Cannot use the certificate authority's file "
            + file
            + ": "
            + reason(cause)
            + "; issue certificates on the machine where the authority was made",
        cause);
  }

  private static byte[] joined(X509Certificate server, X509Certificate issuer) {
    byte[] first = Pem.block(CERTIFICATE, der(server));
    byte[] second = Pem.block(CERTIFICATE, der(issuer));
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static byte[] pemOf(PrivateKey key) {
    byte[] der = key.getEncoded();
    try {
      return Pem.block(PRIVATE_KEY, der);
    } finally {
      Arrays.fill(der, (byte) 0);
    }
  }

  private static void writeNew(Path file, byte[] content) throws IOException {
    try {
      OwnerOnlyFiles.create(file, content);
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  private static void writePublic(Path file, byte[] content) throws IOException {
    OwnerOnlyFiles.replacePublic(file, content);
  }

  private static byte[] der(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A certificate that was built has an encoding", e);
    }
  }

  private static String reason(Exception e) {
    return e.getClass().getSimpleName() + " " + e.getMessage();
  }
}
