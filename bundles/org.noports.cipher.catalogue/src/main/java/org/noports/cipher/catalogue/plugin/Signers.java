package org.noports.cipher.catalogue.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.cert.CertificateEncodingException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** Who has signed all of a jar, by the SHA-256 of their certificates; the JDK verifies. */
final class Signers {
  private static final String META_INF = "META-INF/";

  private Signers() {}

  /** Empty if any of it is signed by nobody. Throws if a signature is wrong. */
  static Set<String> of(Path jar) throws IOException {
    Optional<Set<String>> common = Optional.empty();
    try (JarFile file = new JarFile(jar.toFile(), true)) {
      for (JarEntry entry : Collections.list(file.entries())) {
        if (!entry.isDirectory() && !isSignature(entry.getName())) {
          Set<String> signers = signers(file, entry);
          common.ifPresent(signers::retainAll);
          common = Optional.of(signers);
        }
      }
    } catch (SecurityException e) {
      throw new IOException("its signature is wrong: " + e.getMessage(), e);
    }
    return common.orElse(Set.of());
  }

  private static Set<String> signers(JarFile file, JarEntry entry) throws IOException {
    try (InputStream in = file.getInputStream(entry)) {
      // Only what was read to the end has been verified.
      in.transferTo(OutputStream.nullOutputStream());
    }
    Set<String> signers = new HashSet<>();
    CodeSigner[] found = entry.getCodeSigners();
    for (CodeSigner signer : found == null ? List.<CodeSigner>of() : List.of(found)) {
      signers.add(fingerprint(signer));
    }
    return signers;
  }

  private static String fingerprint(CodeSigner signer) throws IOException {
    try {
      byte[] certificate = signer.getSignerCertPath().getCertificates().get(0).getEncoded();
      return BundleFile.hex(BundleFile.digest().digest(certificate));
    } catch (CertificateEncodingException e) {
      throw new IOException("a signer's certificate cannot be read", e);
    }
  }

  /** What signs cannot be signed. */
  private static boolean isSignature(String name) {
    return name.equals("META-INF/MANIFEST.MF")
        || name.startsWith(META_INF) && name.matches("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");
  }
}
