package org.noports.identity;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.Assert.assertThrows;
import static org.noports.api.identity.CertificateAuthority.CA_CERTIFICATE;
import static org.noports.api.identity.CertificateAuthority.CA_KEY;
import static org.noports.api.identity.CertificateAuthority.CROSSED_CERTIFICATE;
import static org.noports.api.identity.CertificateAuthority.PREVIOUS_CERTIFICATE;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.api.IdentityUnusable;
import org.noports.api.identity.CertificateAuthority;

public class CertificateRotationTest {
  private static final List<String> NAMES = List.of("hub.example", "127.0.0.1");

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private final CertificateAuthority authority = new PrivateCertificateAuthority();
  private Path folder;
  private Path chain;
  private Path key;

  @Before
  public void world() throws Exception {
    folder = temporary.getRoot().toPath().resolve("ca");
    chain = temporary.getRoot().toPath().resolve("chain.pem");
    key = temporary.getRoot().toPath().resolve("key.pem");
    authority.create(folder, "NoPorts test CA");
    authority.issue(folder, NAMES, chain, key);
  }

  @Test
  public void aCertificateIsRenewedOnlyWhenItEndsBeforeTheDeadline() throws Exception {
    Instant ends = authority.expiry(chain);
    String before = Files.readString(chain);
    assertThat(authority.renew(folder, chain, key, ends.minus(Duration.ofDays(1))), is(false));
    assertThat(Files.readString(chain), is(before));
    String keyBefore = Files.readString(key);
    assertThat(authority.renew(folder, chain, key, ends.plus(Duration.ofDays(1))), is(true));
    assertThat(Files.readString(chain), not(is(before)));
    assertThat(Files.readString(key), not(is(keyBefore)));
    assertThat(
        certificates(chain).get(0).getSubjectAlternativeNames().stream()
            .map(name -> name.get(1))
            .toList(),
        is(List.of("hub.example", "127.0.0.1")));
    accepted(CA_CERTIFICATE);
  }

  @Test
  public void inTheOverlapBothGenerationsAcceptTheNewCertificate() throws Exception {
    Path old =
        Files.copy(folder.resolve(CA_CERTIFICATE), temporary.getRoot().toPath().resolve("o"));
    byte[] oldChain = Files.readAllBytes(chain);
    authority.rotate(folder);
    assertThat(authority.overlapping(folder), is(true));
    assertThat(Files.mismatch(old, folder.resolve(PREVIOUS_CERTIFICATE)), is(-1L));
    assertThat(authority.renew(folder, chain, key, Instant.now()), is(true));
    accepted(CA_CERTIFICATE);
    accepted(PREVIOUS_CERTIFICATE);
    Files.write(chain, oldChain);
    accepted(PREVIOUS_CERTIFICATE);
    assertThrows(CertificateException.class, () -> accepted(CA_CERTIFICATE));
  }

  @Test
  public void afterTheOverlapOnlyThePresentGenerationAccepts() throws Exception {
    Path old = Files.copy(folder.resolve(CA_CERTIFICATE), folder.resolve("old.pem"));
    authority.rotate(folder);
    authority.renew(folder, chain, key, Instant.now());
    authority.finish(folder);
    assertThat(authority.overlapping(folder), is(false));
    assertThat(Files.exists(folder.resolve(CROSSED_CERTIFICATE)), is(false));
    accepted(CA_CERTIFICATE);
    authority.issue(folder, NAMES, chain, key);
    accepted(CA_CERTIFICATE);
    assertThrows(CertificateException.class, () -> accepted(old.getFileName().toString()));
  }

  @Test
  public void aSecondRotationWaitsForTheEndOfTheFirst() throws Exception {
    assertThat(refusal(() -> authority.finish(folder)), containsString("one generation only"));
    authority.rotate(folder);
    assertThat(refusal(() -> authority.rotate(folder)), containsString("finish that change"));
    authority.finish(folder);
    authority.rotate(folder);
  }

  @Test
  public void aRotationThatWasInterruptedIsEndedByWhoeverComesNext() throws Exception {
    byte[] oldKey = Files.readAllBytes(folder.resolve(CA_KEY));
    byte[] oldCertificate = Files.readAllBytes(folder.resolve(CA_CERTIFICATE));
    authority.rotate(folder);
    Files.move(folder.resolve(CA_CERTIFICATE), folder.resolve("ca-next.pem"));
    Files.write(folder.resolve(CA_CERTIFICATE), oldCertificate);
    authority.issue(folder, NAMES, chain, key);
    accepted(CA_CERTIFICATE);
    accepted(PREVIOUS_CERTIFICATE);
    Files.write(folder.resolve(CA_KEY), oldKey);
    assertThat(
        refusal(() -> authority.issue(folder, NAMES, chain, key)),
        containsString("not the key of ca.pem"));
  }

  @Test
  public void aRotationThatBarelyBeganIsUndone() throws Exception {
    Files.writeString(folder.resolve("ca-next-key.pem"), "half");
    authority.issue(folder, NAMES, chain, key);
    accepted(CA_CERTIFICATE);
    assertThat(Files.exists(folder.resolve("ca-next-key.pem")), is(false));
    assertThat(authority.overlapping(folder), is(false));
  }

  private interface Work {
    void run() throws Exception;
  }

  private static String refusal(Work work) {
    return assertThrows(IdentityUnusable.class, work::run).getMessage();
  }

  /** As TLS checks a chain: by the one certificate that is trusted. */
  private void accepted(String trusted) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("ca", certificates(folder.resolve(trusted)).get(0));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    ((X509TrustManager) trust.getTrustManagers()[0])
        .checkServerTrusted(certificates(chain).toArray(new X509Certificate[0]), "ECDHE_ECDSA");
  }

  private static List<X509Certificate> certificates(Path file) throws Exception {
    List<X509Certificate> found = new ArrayList<>();
    for (Certificate each :
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)))) {
      found.add((X509Certificate) each);
    }
    return found;
  }
}
