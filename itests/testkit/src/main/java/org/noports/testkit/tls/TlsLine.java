package org.noports.testkit.tls;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A plain TLS client, as foreign programs are: reads what comes in one record, sends text. */
public final class TlsLine implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 60_000;

  private final SSLSocket socket;
  private final byte[] buffer = new byte[16 * 1024];

  /** Connects to a port on loopback, trusting one CA. */
  public TlsLine(int port, X509Certificate trusted) throws IOException {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setCertificateEntry("ca", trusted);
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      socket = (SSLSocket) context.getSocketFactory().createSocket();
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(new InetSocketAddress("127.0.0.1", port), PATIENCE_MILLIS);
      socket.startHandshake();
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  public void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(UTF_8));
    socket.getOutputStream().flush();
  }

  /** What comes next, as one read of one TLS record gives it; {@code "<end>"} if nothing more. */
  public String read() throws IOException {
    InputStream in = socket.getInputStream();
    int count = in.read(buffer);
    return count < 0 ? "<end>" : new String(buffer, 0, count, UTF_8);
  }

  public X509Certificate shown() throws IOException {
    return (X509Certificate) socket.getSession().getPeerCertificates()[0];
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
