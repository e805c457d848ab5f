package org.noports.atserver.host;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.noports.api.AtSign;
import org.noports.api.HostPort;
import org.noports.atserver.host.peer.VisitorCheck;
import org.noports.transport.CertificateCheck;

/**
 * Lets an atServer speak for an atSign only if it shows a certificate of the host that the
 * atDirectory names for that atSign (docs/protocol/atprotocol.md 1.2).
 */
final class HostCertificates implements VisitorCheck {
  private final Supplier<Boolean> required;
  private final Supplier<CertificateCheck> check;
  private final Function<AtSign, CompletionStage<HostPort>> directory;

  HostCertificates(
      Supplier<Boolean> required,
      Supplier<CertificateCheck> check,
      Function<AtSign, CompletionStage<HostPort>> directory) {
    this.required = required;
    this.check = check;
    this.directory = directory;
  }

  @Override
  public CompletionStage<Optional<String>> objection(AtSign claimed, List<X509Certificate> shown) {
    if (!required.get()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    Optional<String> distrusted = check.get().distrusts(shown);
    if (distrusted.isPresent()) {
      // Before the atDirectory is asked: else strangers could make us ask it for anything.
      return CompletableFuture.completedFuture(distrusted);
    }
    return directory
        .apply(claimed)
        .handle(
            (address, failure) ->
                failure != null
                    ? Optional.of("the atDirectory names no atServer for " + claimed)
                    : CertificateCheck.names(shown.get(0), address.host())
                        ? Optional.empty()
                        : Optional.of("the client certificate is not for " + address.host()));
  }
}
