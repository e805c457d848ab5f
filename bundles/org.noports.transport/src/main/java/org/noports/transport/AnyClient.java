package org.noports.transport;

import java.net.Socket;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Lets every client certificate through the hand-shake, which still proves that its key is there;
 * whether it is trusted is asked later ({@link CertificateCheck}), where the answer can say why.
 */
final class AnyClient extends X509ExtendedTrustManager {
  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) {}

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
    throw onlyForClients();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
    throw onlyForClients();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) {
    throw onlyForClients();
  }

  private static IllegalStateException onlyForClients() {
    return new IllegalStateException("This trust is for the certificates of clients only");
  }

  /** None: the list would tell every client all our CAs, and keep some from showing theirs. */
  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
