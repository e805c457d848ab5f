package org.noports.atserver.host.peer;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.noports.api.AtSign;

/**
 * Decides whether a connection may speak for another atSign at all, before it shows so by pol: a
 * pol proof can be passed on by whoever is asked for it, a TLS key cannot.
 */
public interface VisitorCheck {
  /**
   * Looks at what the connection has shown.
   *
   * @param claimed for whom it wants to speak
   * @param shown the certificate that it has the key of, then those above it
   * @return empty if it may, otherwise why not, as a clause; never fails
   */
  CompletionStage<Optional<String>> objection(AtSign claimed, List<X509Certificate> shown);
}
