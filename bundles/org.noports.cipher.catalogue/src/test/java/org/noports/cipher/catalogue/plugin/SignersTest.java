package org.noports.cipher.catalogue.plugin;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import javax.security.auth.x500.X500Principal;
import jdk.security.jarsigner.JarSigner;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Who signed a jar, all of it. */
public class SignersTest {
  @Rule public final TemporaryFolder files = new TemporaryFolder();

  private Path plain;

  @Before
  public void make() throws IOException {
    plain = files.getRoot().toPath().resolve("plain.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(plain))) {
      put(zip, JarFile.MANIFEST_NAME, "Manifest-Version: 1.0\r\n\r\n");
      put(zip, "com/example/Cipher.class", "the code");
      put(zip, "OSGI-INF/cipher.xml", "the component");
    }
  }

  private static void put(ZipOutputStream zip, String name, String content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content.getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }

  private record Signer(X509Certificate certificate, JarSigner jar) {
    static Signer make() throws Exception {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      KeyPair pair = generator.generateKeyPair();
      X500Principal name = new X500Principal("CN=maker");
      byte[] encoded =
          new JcaX509v3CertificateBuilder(
                  name,
                  BigInteger.ONE,
                  Date.from(Instant.parse("2020-01-01T00:00:00Z")),
                  Date.from(Instant.parse("2100-01-01T00:00:00Z")),
                  name,
                  pair.getPublic())
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
              .getEncoded();
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      var certificate =
          (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(encoded));
      return new Signer(
          certificate,
          new JarSigner.Builder(pair.getPrivate(), factory.generateCertPath(List.of(certificate)))
              .build());
    }

    String sum() throws Exception {
      return BundleFile.hex(BundleFile.digest().digest(certificate.getEncoded()));
    }

    Path sign(Path jar) throws IOException {
      Path signed = jar.resolveSibling("signed.jar");
      try (ZipFile in = new ZipFile(jar.toFile());
          OutputStream out = Files.newOutputStream(signed)) {
        this.jar.sign(in, out);
      }
      return signed;
    }
  }

  /** The same jar with one entry changed, or one more. */
  private Path with(Path jar, String name, String content) throws IOException {
    Path changed = jar.resolveSibling("changed.jar");
    try (ZipFile in = new ZipFile(jar.toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(changed))) {
      for (ZipEntry entry : Collections.list(in.entries())) {
        if (!entry.getName().equals(name)) {
          out.putNextEntry(new ZipEntry(entry.getName()));
          try (InputStream from = in.getInputStream(entry)) {
            from.transferTo(out);
          }
          out.closeEntry();
        }
      }
      put(out, name, content);
    }
    return changed;
  }

  @Test
  public void aSignedJarHasItsSigner() throws Exception {
    Signer signer = Signer.make();
    assertThat(Signers.of(signer.sign(plain)), contains(signer.sum()));
    assertEquals(64, signer.sum().length());
  }

  @Test
  public void anUnsignedOneHasNone() throws Exception {
    assertThat(Signers.of(plain), empty());
  }

  @Test
  public void oneEntryThatWasAddedUnsignedTakesTheSignerAway() throws Exception {
    Path signed = Signer.make().sign(plain);
    assertThat(Signers.of(with(signed, "com/example/More.class", "more code")), empty());
  }

  @Test
  public void aChangedEntryIsNoSignatureAtAll() throws Exception {
    Path signed = Signer.make().sign(plain);
    Path changed = with(signed, "com/example/Cipher.class", "other code");
    assertThrows(IOException.class, () -> Signers.of(changed));
  }
}
