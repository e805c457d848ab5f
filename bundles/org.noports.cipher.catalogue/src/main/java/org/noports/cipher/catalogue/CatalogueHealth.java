package org.noports.cipher.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.noports.api.cipher.AlgorithmStatus;
import org.noports.api.cipher.AlgorithmStatus.Standing;
import org.noports.api.health.Health;

/** How the catalogue is, in one sentence for each thing that its owner should see to. */
final class CatalogueHealth {
  private CatalogueHealth() {}

  /**
   * Of what is here now.
   *
   * @param problems of configuration and of the deploy folder
   */
  static Health of(List<AlgorithmStatus> all, List<String> problems) {
    List<AlgorithmStatus> offered =
        all.stream().filter(each -> each.standing() == Standing.OFFERED).toList();
    if (offered.isEmpty()) {
      return Health.down(
          "No algorithm is "
              + (all.isEmpty() ? "present" : "offered")
              + "; start a cipher bundle such as noports-cipher-classic"
              + (all.isEmpty() ? "" : ", or see noports:ciphers"));
    }
    List<String> sentences = new ArrayList<>(problems);
    all.stream()
        .filter(CatalogueHealth::isBad)
        .map(each -> each.algorithm().name() + " is not offered: " + each.why())
        .forEach(sentences::add);
    return sentences.isEmpty()
        ? Health.ok("Present: " + names(offered))
        : Health.degraded(String.join(" | ", sentences));
  }

  private static boolean isBad(AlgorithmStatus status) {
    return status.standing() == Standing.REFUSED || status.standing() == Standing.QUARANTINED;
  }

  private static String names(List<AlgorithmStatus> offered) {
    return offered.stream()
        .map(each -> each.algorithm().name() + " (" + each.algorithm().engine() + ")")
        .distinct()
        .collect(Collectors.joining(", "));
  }
}
