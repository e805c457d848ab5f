package org.noports.protocol.verb;

import static java.util.Objects.requireNonNull;

import org.noports.api.AtSign;

/**
 * Says which of many hosted atSigns the connection is for; newer atServers say it to each other
 * (docs/protocol/atprotocol.md 4.1).
 *
 * @param atSign whose atServer is meant
 */
public record To(AtSign atSign) implements Verb {
  public To {
    requireNonNull(atSign, "atSign is null");
  }

  @Override
  public String toLine() {
    return "to:" + atSign;
  }
}
