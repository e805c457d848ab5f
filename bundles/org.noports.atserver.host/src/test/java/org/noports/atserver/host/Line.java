package org.noports.atserver.host;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.noports.api.AtSign;
import org.noports.api.HostPort;
import org.noports.atserver.host.tenant.SigningKeys;
import org.noports.transport.TlsIdentity;

/**
 * One plain TLS connection, as a client of another make has it: what one read brings is one piece.
 */
final class Line implements AutoCloseable {
  private final SSLSocket socket;

  Line(HostPort address, Path trust) {
    this(address, trust, Optional.empty());
  }

  /** One that sends a server name. */
  Line(HostPort address, Path trust, Optional<String> serverName) {
    this(address, trust, serverName, Optional.empty());
  }

  /** One that shows a certificate. */
  Line(HostPort address, Path trust, Optional<String> serverName, Optional<TlsIdentity> identity) {
    try {
      socket =
          (SSLSocket)
              context(trust, identity).getSocketFactory().createSocket("127.0.0.1", address.port());
      if (serverName.isPresent()) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(serverName.get())));
        socket.setSSLParameters(parameters);
      }
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(60_000);
      socket.startHandshake();
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SSLContext context(Path trust, Optional<TlsIdentity> identity)
      throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    try (InputStream in = Files.newInputStream(trust)) {
      trusted.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        identity.isPresent() ? keys(identity.get()) : null, factory.getTrustManagers(), null);
    return context;
  }

  private static KeyManager[] keys(TlsIdentity identity)
      throws IOException, GeneralSecurityException {
    String pem = Files.readString(identity.key()).replaceAll("-----[A-Z ]+-----", "");
    PrivateKey key =
        KeyFactory.getInstance("EC")
            .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem)));
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(identity.chain())) {
      Certificate[] chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(in)
              .toArray(Certificate[]::new);
      store.setKeyEntry("own", key, new char[0], chain);
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, new char[0]);
    return factory.getKeyManagers();
  }

  void send(String line) {
    sendRaw(line + "\n");
  }

  void sendRaw(String text) {
    sendBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  void sendBytes(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whatever the next TLS record holds; empty at the end. */
  String read() {
    try {
      byte[] bytes = new byte[64 * 1024];
      int count = socket.getInputStream().read(bytes);
      return count < 0 ? "" : new String(bytes, 0, count, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What comes up to a line end, in however many pieces, and the prompt behind it. */
  String readLine() {
    StringBuilder heard = new StringBuilder(read());
    while (heard.indexOf("\n") < 0) {
      heard.append(read());
    }
    return heard.toString();
  }

  void expect(String piece) {
    assertEquals(piece, read());
  }

  Matcher expectMatch(Pattern piece) {
    String heard = read();
    Matcher matcher = piece.matcher(heard);
    assertTrue("heard '" + heard + "', expected " + piece, matcher.matches());
    return matcher;
  }

  /** The certificate that the other side shows. */
  X509Certificate shown() {
    try {
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    } catch (SSLPeerUnverifiedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Ends our side as TLS does; the other may go on. */
  void endOutput() {
    try {
      socket.shutdownOutput();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Asks, and takes the answer's text out of data: and prompt. */
  String data(String command) {
    send(command);
    String heard = read();
    assertTrue("'" + command + "' was answered '" + heard + "'", heard.startsWith("data:"));
    return heard.substring("data:".length(), heard.indexOf('\n'));
  }

  /** The same for an answer of many records. */
  String longData(String command) {
    send(command);
    StringBuilder heard = new StringBuilder(read());
    while (heard.indexOf("\n") < 0) {
      heard.append(read());
    }
    return heard.substring("data:".length(), heard.indexOf("\n"));
  }

  void authenticate(AtSign self) {
    String challenge = data("from:" + self);
    send("pkam:" + SigningKeys.sign(Keys.AUTHENTICATION.privateKey(), challenge));
    expect("data:success\n" + self + "@");
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
