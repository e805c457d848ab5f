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
 * @param foreign whether a third party computed any of them then; a session without will not move
 *     to any, for it waits where others would have to wait, too (docs/decisions/0018)
 */
public record CommonSuites(
    Supplier<Optional<CipherCatalogue>> catalogue, List<Suite> agreed, boolean foreign)
    implements Suites {
  public CommonSuites {
    agreed = List.copyOf(agreed);
  }

  /** Of a session that begins. */
  public static CommonSuites of(Supplier<Optional<CipherCatalogue>> catalogue, List<Suite> agreed) {
    boolean foreign =
        catalogue
            .get()
            .map(PresentSuites::of)
            .filter(here -> agreed.stream().anyMatch(here::foreign))
            .isPresent();
    return new CommonSuites(catalogue, agreed, foreign);
  }

  @Override
  public List<Suite> usable() {
    return catalogue.get().map(PresentSuites::of).map(this::usable).orElse(List.of());
  }

  private List<Suite> usable(PresentSuites here) {
    return here.common(agreed).stream().filter(suite -> foreign || !here.foreign(suite)).toList();
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
