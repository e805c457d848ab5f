package org.noports.testkit.tls;

import java.io.IOException;
import java.io.Writer;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority for one test. */
public final class TestCa {
  private static final AtomicLong SERIAL = new AtomicLong(1);

  private final Path folder;
  private final KeyPair keys;
  private final X500Name name;
  private final X509Certificate certificate;

  /** Makes a CA whose files go to {@code folder}. */
  public TestCa(Path folder, String commonName) {
    this.folder = folder;
    try {
      this.name = new X500Name("CN=" + commonName);
      this.keys = keyPair();
      X509v3CertificateBuilder builder = builder(name, keys);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
      this.certificate = sign(builder);
      write(certificateFile(), List.of(certificate));
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new AssertionError(e);
    }
  }

  /** The PEM file that clients are to trust. */
  public Path certificateFile() {
    return folder.resolve(name.toString().replaceAll("[^A-Za-z0-9]", "-") + ".pem");
  }

  /** The CA's certificate. */
  public X509Certificate certificate() {
    return certificate;
  }

  /**
   * Makes a server's chain {@code FILE.pem} and key {@code FILE.key}.
   *
   * @param names DNS names and IP addresses
   */
  public TestIdentity issue(String file, String... names) {
    Instant now = Instant.now();
    return issue(file, now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(1)), names);
  }

  /** As {@link #issue(String, String...)}, valid from one time to another. */
  public TestIdentity issue(String file, Instant from, Instant to, String... names) {
    try {
      KeyPair server = keyPair();
      X509v3CertificateBuilder builder = builder(new X500Name("CN=" + names[0]), server, from, to);
      builder.addExtension(Extension.subjectAlternativeName, false, alternatives(names));
      Path chain = folder.resolve(file + ".pem");
      Path key = folder.resolve(file + ".key");
      write(chain, List.of(sign(builder), certificate));
      write(key, List.of(new JcaPKCS8Generator(server.getPrivate(), null)));
      return new TestIdentity(chain, key);
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new AssertionError(e);
    }
  }

  private static KeyPair keyPair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private X509v3CertificateBuilder builder(X500Name subject, KeyPair subjectKeys)
      throws CertIOException {
    Instant now = Instant.now();
    return builder(
        subject, subjectKeys, now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(1)));
  }

  private X509v3CertificateBuilder builder(
      X500Name subject, KeyPair subjectKeys, Instant from, Instant to) throws CertIOException {
    return new JcaX509v3CertificateBuilder(
        name,
        BigInteger.valueOf(SERIAL.getAndIncrement()),
        Date.from(from),
        Date.from(to),
        subject,
        subjectKeys.getPublic());
  }

  private X509Certificate sign(X509v3CertificateBuilder builder)
      throws GeneralSecurityException, OperatorCreationException {
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
  }

  private static GeneralNames alternatives(String... names) {
    GeneralName[] all = new GeneralName[names.length];
    for (int i = 0; i < names.length; i++) {
      boolean address = names[i].matches("[0-9.]+|.*:.*");
      all[i] = new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, names[i]);
    }
    return new GeneralNames(all);
  }

  private static void write(Path file, List<?> objects) throws IOException {
    try (Writer text = Files.newBufferedWriter(file);
        JcaPEMWriter pem = new JcaPEMWriter(text)) {
      for (Object object : objects) {
        pem.writeObject(object);
      }
    }
  }
}
