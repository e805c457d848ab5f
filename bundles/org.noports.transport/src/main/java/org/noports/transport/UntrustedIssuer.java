package org.noports.transport;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

/** A peer's certificate leads to a CA that is not trusted here; the message names that CA. */
final class UntrustedIssuer extends CertificateException {
  private static final long serialVersionUID = 1L;

  private UntrustedIssuer(String message, CertificateException cause) {
    super(message, cause);
  }

  /** {@code failure} itself if it has another reason, such as a wrong name or an old date. */
  static CertificateException of(X509Certificate[] chain, CertificateException failure) {
    if (!String.valueOf(failure.getMessage()).contains("unable to find valid certification path")) {
      return failure;
    }
    String issuer = chain[chain.length - 1].getIssuerX500Principal().getName();
    return new UntrustedIssuer(
        "its certificate is by the CA '"
            + issuer
            + "', which is not trusted here (trust that CA's PEM file)",
        failure);
  }
}
