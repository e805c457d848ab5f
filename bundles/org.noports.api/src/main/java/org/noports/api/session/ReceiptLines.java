package org.noports.api.session;

import java.util.ArrayList;
import java.util.List;

/** What a {@link Receipt} says to people: one fact a line, the same words at both ends. */
final class ReceiptLines {
  private ReceiptLines() {}

  static List<String> of(Receipt receipt) {
    List<String> lines = new ArrayList<>();
    lines.add("session         " + receipt.session());
    lines.add("client          " + receipt.client() + " " + receipt.clientKey());
    lines.add("device          " + receipt.device() + " " + receipt.deviceKey());
    receipt.signers().client().ifPresent(key -> lines.add("client mldsa65  " + key));
    receipt.signers().device().ifPresent(key -> lines.add("device mldsa65  " + key));
    lines.add("target          " + receipt.target());
    lines.add("level           " + receipt.level());
    lines.add("secrecy         " + receipt.secrecy());
    lines.add("authentication  " + receipt.authentication());
    lines.add("decision        permitted by rule " + receipt.rule());
    lines.add(
        "providers       client: "
            + receipt.clientProviders()
            + "; device: "
            + receipt.deviceProviders());
    for (int link = 0; link < receipt.history().size(); link++) {
      lines.add(line(receipt.history().get(link)));
      addSwaps(receipt, link, lines);
    }
    return List.copyOf(lines);
  }

  private static String line(Receipt.Agreed step) {
    return step.event()
        + " ".repeat(Math.max(1, 16 - step.event().length()))
        + step.suite()
        + " through "
        + step.relay()
        + ", transcript "
        + step.transcript();
  }

  private static void addSwaps(Receipt receipt, int link, List<String> lines) {
    receipt.changes().stream()
        .filter(change -> change.link() == link && change.isSwap())
        .map(
            swap ->
                "swapped         "
                    + swap.suite()
                    + " on link "
                    + link
                    + ", epoch "
                    + swap.epoch()
                    + ", offered by the "
                    + (swap.byClient() ? "client" : "device"))
        .forEach(lines::add);
  }
}
