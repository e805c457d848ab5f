package org.noports.protocol.verb;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.noports.api.AtSign;

/**
 * Lists the names of keys (docs/protocol/atprotocol.md 3.8).
 *
 * @param showHidden whether names that begin with {@code _} are wanted
 * @param of another atSign whose atServer is to be asked
 * @param page accepted, without a meaning
 * @param regex what a name must contain; searched, not anchored
 */
public record Scan(
    boolean showHidden, Optional<AtSign> of, Optional<Long> page, Optional<String> regex)
    implements Verb {
  public Scan {
    requireNonNull(of, "of is null");
    requireNonNull(page, "page is null");
    regex.ifPresent(OneLine::of);
  }

  /** Our own names that contain {@code regex}. */
  public static Scan matching(String regex) {
    return new Scan(false, Optional.empty(), Optional.empty(), Optional.of(regex));
  }

  @Override
  public String toLine() {
    return "scan"
        + (showHidden ? ":showhidden:true" : "")
        + of.map(atSign -> ":" + atSign).orElse("")
        + page.map(number -> ":page:" + number).orElse("")
        + regex.map(text -> " " + text).orElse("");
  }
}
