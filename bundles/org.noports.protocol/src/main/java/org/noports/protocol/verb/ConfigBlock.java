package org.noports.protocol.verb;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.noports.api.AtSign;

/**
 * Changes or shows whom an atServer does not speak with (docs/protocol/atprotocol.md 3.18).
 *
 * @param action what to do
 * @param atSigns with whom; empty only to show
 */
public record ConfigBlock(Action action, List<AtSign> atSigns) implements Verb {
  /** What to do with the list. */
  public enum Action {
    ADD,
    REMOVE,
    SHOW;

    String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public ConfigBlock {
    requireNonNull(action, "action is null");
    atSigns = List.copyOf(atSigns);
    if (atSigns.isEmpty() != (action == Action.SHOW)) {
      throw new IllegalArgumentException("Blocking and unblocking name an atSign, showing none");
    }
  }

  @Override
  public String toLine() {
    String names = atSigns.stream().map(AtSign::name).collect(Collectors.joining(" "));
    return "config:block:" + action.wire() + (names.isEmpty() ? "" : ":" + names);
  }
}
