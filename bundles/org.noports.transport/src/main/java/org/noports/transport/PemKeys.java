package org.noports.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;

/** Reads the two PEM files of a {@link TlsIdentity}. */
final class PemKeys {
  private static final Pattern PKCS8 =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
  private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");

  private static final Map<String, String> SIGNATURES =
      Map.of("EC", "SHA256withECDSA", "RSA", "SHA256withRSA");

  private PemKeys() {}

  static KeyManagerFactory load(TlsIdentity identity) throws IOException {
    Certificate[] chain = chain(identity.chain());
    PrivateKey key = key(identity.key());
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      // The store lives in this memory only; a password would protect nothing.
      store.setKeyEntry("identity", key, new char[0], chain);
      var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, new char[0]);
      requirePair(chain[0].getPublicKey(), key);
      return factory;
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "Certificate "
              + identity.chain()
              + " and key "
              + identity.key()
              + " cannot be used: "
              + e.getMessage(),
          e);
    }
  }

  /**
   * Between the two steps of a renewal the files do not belong together; no hand-shake would do.
   */
  private static void requirePair(PublicKey shown, PrivateKey kept)
      throws GeneralSecurityException {
    byte[] text = {1};
    Signature pen = Signature.getInstance(SIGNATURES.getOrDefault(kept.getAlgorithm(), "EdDSA"));
    pen.initSign(kept);
    pen.update(text);
    byte[] signed = pen.sign();
    pen.initVerify(shown);
    pen.update(text);
    if (!pen.verify(signed)) {
      throw new GeneralSecurityException("the key is not the certificate's");
    }
  }

  private static Certificate[] chain(Path file) throws IOException {
    try {
      var found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(read(file)));
      if (found.isEmpty()) {
        throw new IOException("The certificate file " + file + " holds no certificate");
      }
      return found.toArray(Certificate[]::new);
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "The certificate file " + file + " is not PEM with certificates: " + e.getMessage(), e);
    }
  }

  private static PrivateKey key(Path file) throws IOException {
    byte[] pem = read(file);
    Matcher found = PKCS8.matcher(new String(pem, StandardCharsets.US_ASCII));
    Arrays.fill(pem, (byte) 0);
    if (!found.find()) {
      throw new IOException(
          "The key file "
              + file
              + " holds no PKCS#8 key without passphrase (BEGIN PRIVATE KEY); 'openssl pkcs8 -topk8"
              + " -nocrypt' makes one of other forms");
    }
    byte[] encoded = Base64.getMimeDecoder().decode(found.group(1));
    try {
      return decode(file, encoded);
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
  }

  private static PrivateKey decode(Path file, byte[] encoded) throws IOException {
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
      } catch (InvalidKeySpecException e) {
        // Not of this kind: the next one is asked, the end of the list is an error.
        continue;
      } catch (GeneralSecurityException e) {
        throw new IOException("This JDK has no " + algorithm + " keys", e);
      }
    }
    throw new IOException("The key file " + file + " holds no key of a known kind " + ALGORITHMS);
  }

  private static byte[] read(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      throw new IOException("The file " + file + " does not exist or is unreadable");
    }
    return Files.readAllBytes(file);
  }
}
