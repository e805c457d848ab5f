package org.noports.identity;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.Assert.assertThrows;

import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.api.IdentityUnusable;
import org.noports.api.identity.CertificateAuthority;

public class PrivateCertificateAuthorityTest {
  private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "::1");

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
  }

  @Test
  public void theAuthorityMaySignCertificatesAndNothingElse() throws Exception {
    X509Certificate ca = certificates(folder.resolve(CertificateAuthority.CA_CERTIFICATE)).get(0);
    assertThat(ca.getBasicConstraints(), is(0));
    assertThat("keyCertSign", ca.getKeyUsage()[5], is(true));
    assertThat("digitalSignature", ca.getKeyUsage()[0], is(false));
    assertThat(ca.getSubjectX500Principal().getName(), is("CN=NoPorts test CA"));
    ca.verify(ca.getPublicKey());
  }

  @Test
  public void aCertificateNamesItsHostsAndAddressesAndServesBothEnds() throws Exception {
    authority.issue(folder, LOOPBACK, chain, key);
    X509Certificate server = certificates(chain).get(0);
    assertThat(
        server.getSubjectAlternativeNames().stream().map(name -> name.get(1)).toList(),
        is(List.of("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1")));
    assertThat(server.getExtendedKeyUsage(), is(List.of("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2")));
    assertThat(server.getBasicConstraints(), is(-1));
    Duration life =
        Duration.between(server.getNotBefore().toInstant(), server.getNotAfter().toInstant());
    assertThat(life, is(Duration.ofDays(825)));
  }

  @Test
  public void theChainVerifiesWithTheAuthoritysCertificateAndSerialsDiffer() throws Exception {
    authority.issue(folder, LOOPBACK, chain, key);
    List<X509Certificate> first = certificates(chain);
    authority.issue(folder, LOOPBACK, chain, key);
    List<X509Certificate> second = certificates(chain);
    assertThat(first.size(), greaterThan(1));
    first.get(0).verify(first.get(1).getPublicKey());
    assertThat(first.get(0).getSerialNumber(), not(second.get(0).getSerialNumber()));
  }

  @Test
  public void tlsWithHostCheckReachesEachLoopbackName() throws Exception {
    authority.issue(folder, LOOPBACK, chain, key);
    for (String name : List.of("localhost", "127.0.0.1")) {
      assertThat(name, handshake(name), is("TLSv1.3"));
    }
  }

  @Test
  public void keysAreTheirOwnersAloneAndCertificatesAreForAll() throws Exception {
    authority.issue(folder, LOOPBACK, chain, key);
    assertThat(mode(key), is("rw-------"));
    assertThat(mode(folder.resolve(CertificateAuthority.CA_KEY)), is("rw-------"));
    assertThat(mode(chain), is("rw-r--r--"));
    assertThat(mode(folder.resolve(CertificateAuthority.CA_CERTIFICATE)), is("rw-r--r--"));
  }

  @Test
  public void anAuthorityIsNeverOverwritten() throws Exception {
    String before = Files.readString(folder.resolve(CertificateAuthority.CA_KEY));
    String refusal =
        assertThrows(IdentityUnusable.class, () -> authority.create(folder, "again")).getMessage();
    assertThat(refusal, containsString(folder.toString()));
    assertThat(Files.readString(folder.resolve(CertificateAuthority.CA_KEY)), is(before));
  }

  @Test
  public void aFolderWithoutAuthorityIsNamed() {
    Path elsewhere = temporary.getRoot().toPath().resolve("elsewhere");
    String refusal =
        assertThrows(IdentityUnusable.class, () -> authority.issue(elsewhere, LOOPBACK, chain, key))
            .getMessage();
    assertThat(refusal, containsString(elsewhere.toString()));
  }

  private String handshake(String name) throws Exception {
    try (SSLServerSocket listener =
        (SSLServerSocket)
            serverContext()
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      Thread server = new Thread(() -> answerOne(listener));
      server.start();
      try (SSLSocket client =
          (SSLSocket)
              clientContext().getSocketFactory().createSocket(name, listener.getLocalPort())) {
        SSLParameters parameters = client.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        client.setSSLParameters(parameters);
        client.startHandshake();
        return client.getSession().getProtocol();
      } finally {
        server.join(60_000);
      }
    }
  }

  private static void answerOne(SSLServerSocket listener) {
    try (SSLSocket socket = (SSLSocket) listener.accept()) {
      socket.startHandshake();
      socket.getInputStream().read();
    } catch (java.io.IOException e) {
      // The client's side reports what went wrong.
      return;
    }
  }

  private SSLContext serverContext() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    byte[] der = Pem.first("PRIVATE KEY", Files.readAllBytes(key));
    PrivateKey secret = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
    store.setKeyEntry(
        "server", secret, new char[0], certificates(chain).toArray(new Certificate[0]));
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private SSLContext clientContext() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry(
        "ca", certificates(folder.resolve(CertificateAuthority.CA_CERTIFICATE)).get(0));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static List<X509Certificate> certificates(Path file) throws Exception {
    List<X509Certificate> found = new ArrayList<>();
    byte[] bytes = Files.readAllBytes(file);
    for (Certificate each :
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(bytes))) {
      found.add((X509Certificate) each);
    }
    return found;
  }

  private static String mode(Path file) throws java.io.IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
