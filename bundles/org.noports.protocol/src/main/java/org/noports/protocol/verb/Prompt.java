package org.noports.protocol.verb;

import static java.util.Objects.requireNonNull;

import org.noports.api.AtSign;

/**
 * What an atServer writes behind each answer, in the same piece: it shows who the connection is
 * (docs/protocol/atprotocol.md 2.1).
 *
 * @param text {@code @}, or an atSign and {@code @}
 */
public record Prompt(String text) {
  /** Nobody yet; also the greeting. */
  public static final Prompt NOBODY = new Prompt("@");

  public Prompt {
    requireNonNull(text, "text is null");
  }

  /** Authenticated as {@code atSign}. */
  public static Prompt of(AtSign atSign) {
    return new Prompt(atSign + "@");
  }
}
