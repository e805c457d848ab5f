package org.noports.identity;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.IPAddress;

/** What our certificates say (RFC 5280): P-256 keys, ECDSA with SHA-256. */
final class CertificateBuilding {
  /** Ten years: replacing a private CA means visiting every machine. */
  private static final Duration AUTHORITY_LIFE = Duration.ofDays(3652);

  /** The longest that clients of every maker still accept for a private CA's servers. */
  private static final Duration SERVER_LIFE = Duration.ofDays(825);

  /** Machines whose clocks run late must accept a new certificate, too. */
  private static final Duration BACKDATE = Duration.ofHours(1);

  private static final SecureRandom RANDOM = new SecureRandom();

  private CertificateBuilding() {}

  static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The JDK has the curve P-256", e);
    }
  }

  static X509Certificate authority(X500Name name, KeyPair keys) {
    return authority(name, keys.getPublic(), AUTHORITY_LIFE, Optional.empty(), keys.getPrivate());
  }

  /** The next generation as the one before vouches for it, for no longer than that one lives. */
  static X509Certificate crossed(
      X509Certificate next, X509Certificate before, PrivateKey beforeKey) {
    Duration left = Duration.between(Instant.now(), before.getNotAfter().toInstant());
    return authority(subject(before), next.getPublicKey(), left, Optional.of(before), beforeKey);
  }

  /**
   * Both generations have one name, so that a certificate which one signs for the other is
   * self-issued, and does not count against the path length of zero (RFC 5280 6.1.4 l).
   */
  private static X509Certificate authority(
      X500Name name,
      PublicKey key,
      Duration life,
      Optional<X509Certificate> issuer,
      PrivateKey issuerKey) {
    try {
      X509v3CertificateBuilder builder = builder(name, name, key, life);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      builder.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      if (issuer.isPresent()) {
        addIssuer(builder, issuer.get());
      }
      return signed(builder, issuerKey);
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("Cannot build the authority's certificate", e);
    }
  }

  static X509Certificate server(
      List<String> names, KeyPair keys, X509Certificate issuer, PrivateKey issuerKey) {
    X500Name from = subject(issuer);
    try {
      X509v3CertificateBuilder builder =
          builder(from, commonName(names.get(0)), keys.getPublic(), SERVER_LIFE);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(Extension.extendedKeyUsage, false, bothEnds());
      builder.addExtension(Extension.subjectAlternativeName, false, alternatives(names));
      addIssuer(builder, issuer);
      return signed(builder, issuerKey);
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("Cannot build a certificate for " + names, e);
    }
  }

  /** By its key, not its name alone: two generations have the same name. */
  private static void addIssuer(X509v3CertificateBuilder builder, X509Certificate issuer)
      throws IOException, GeneralSecurityException {
    builder.addExtension(
        Extension.authorityKeyIdentifier,
        false,
        new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(issuer.getPublicKey()));
  }

  /** The name that a CA's certificate has, as its issuer's name must repeat it. */
  static X500Name subject(X509Certificate certificate) {
    return X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
  }

  private static X509v3CertificateBuilder builder(
      X500Name issuer, X500Name subject, PublicKey key, Duration life)
      throws IOException, GeneralSecurityException {
    Instant start = Instant.now().minus(BACKDATE);
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            issuer, serial(), Date.from(start), Date.from(start.plus(life)), subject, key);
    builder.addExtension(
        Extension.subjectKeyIdentifier,
        false,
        new JcaX509ExtensionUtils().createSubjectKeyIdentifier(key));
    return builder;
  }

  /** Servers are clients of one another: an atServer shows its certificate to other atServers. */
  private static ExtendedKeyUsage bothEnds() {
    return new ExtendedKeyUsage(
        new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth});
  }

  private static GeneralNames alternatives(List<String> names) {
    return new GeneralNames(
        names.stream().map(CertificateBuilding::alternative).toArray(GeneralName[]::new));
  }

  private static GeneralName alternative(String name) {
    int kind = IPAddress.isValid(name) ? GeneralName.iPAddress : GeneralName.dNSName;
    return new GeneralName(kind, name);
  }

  private static X509Certificate signed(X509v3CertificateBuilder builder, PrivateKey key)
      throws GeneralSecurityException, OperatorCreationException {
    return new JcaX509CertificateConverter()
        .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
  }

  /** 127 random bits: positive, and never twice. */
  private static BigInteger serial() {
    return new BigInteger(127, RANDOM).max(BigInteger.ONE);
  }

  static X500Name commonName(String name) {
    return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, name).build();
  }
}
