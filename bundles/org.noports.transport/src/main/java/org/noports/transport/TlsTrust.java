package org.noports.transport;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Which CAs are trusted: those of the JDK, and those in the sources.
 *
 * @param sources PEM files, and folders whose {@code *.pem} files are read
 */
public record TlsTrust(List<Path> sources) {
  public TlsTrust {
    sources = List.copyOf(requireNonNull(sources, "sources is null"));
  }

  /** The JDK's CAs alone. */
  public static TlsTrust ofJdk() {
    return new TlsTrust(List.of());
  }

  /** Reads all sources; the message of a failure names the file. */
  X509ExtendedTrustManager load() throws IOException {
    try {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      int count = 0;
      for (X509Certificate root : jdkRoots()) {
        trusted.setCertificateEntry("jdk-" + count++, root);
      }
      for (Path file : files()) {
        for (Certificate certificate : read(file)) {
          trusted.setCertificateEntry("own-" + count++, certificate);
        }
      }
      var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(trusted);
      return new NamingTrust(extended(factory));
    } catch (GeneralSecurityException e) {
      throw new IOException("The trusted CAs cannot be used: " + e.getMessage(), e);
    }
  }

  private static X509ExtendedTrustManager extended(TrustManagerFactory factory)
      throws GeneralSecurityException {
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager extended) {
        return extended;
      }
    }
    throw new GeneralSecurityException("this JDK checks no X.509 certificates");
  }

  private static List<X509Certificate> jdkRoots() throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init((KeyStore) null);
    var roots = new ArrayList<X509Certificate>();
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        roots.addAll(List.of(x509.getAcceptedIssuers()));
      }
    }
    return roots;
  }

  private List<Path> files() throws IOException {
    var files = new ArrayList<Path>();
    for (Path source : sources) {
      if (Files.isDirectory(source)) {
        try (var inside = Files.newDirectoryStream(source, "*.pem")) {
          inside.forEach(files::add);
        }
      } else {
        files.add(source);
      }
    }
    return files;
  }

  private static Collection<? extends Certificate> read(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      throw new IOException("The file of trusted CAs " + file + " does not exist or is unreadable");
    }
    try (InputStream in = Files.newInputStream(file)) {
      var certificates = CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (certificates.isEmpty()) {
        throw new IOException("The file of trusted CAs " + file + " holds no certificate");
      }
      return certificates;
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "The file of trusted CAs " + file + " is not PEM with certificates: " + e.getMessage(),
          e);
    }
  }
}
