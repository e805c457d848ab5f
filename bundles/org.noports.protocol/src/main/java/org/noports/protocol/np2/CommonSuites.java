package org.noports.protocol.np2;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.noports.api.Subscription;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.tunnel.Suite;
import org.noports.api.tunnel.SuiteAlgorithms;
import org.noports.api.tunnel.Suites;

/**
 * What a running session may move to: what both ends had when they agreed, as far as it is here.
 *
 * @param catalogue the one that runs now, if one does
 * @param agreed what both ends had, best first
 */
public record CommonSuites(Supplier<Optional<CipherCatalogue>> catalogue, List<Suite> agreed)
    implements Suites {
  public CommonSuites {
    agreed = List.copyOf(agreed);
  }

  @Override
  public List<Suite> usable() {
    return catalogue
        .get()
        .map(PresentSuites::of)
        .map(here -> here.common(agreed))
        .orElse(List.of());
  }

  @Override
  public Optional<SuiteAlgorithms> algorithms(Suite suite) {
    return usable().contains(suite)
        ? catalogue.get().map(here -> SuiteAlgorithms.of(here, suite))
        : Optional.empty();
  }

  @Override
  public Subscription onChange(Runnable changed) {
    return catalogue.get().map(here -> here.onChange(changed)).orElse(() -> {});
  }
}
