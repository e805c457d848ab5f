package org.noports.protocol.verb;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * Changes or prints a setting of an atServer that is being tested (docs/protocol/atprotocol.md
 * 3.18).
 *
 * @param action what to do
 * @param setting the setting's name, and with {@link Action#SET} its value behind an equals sign
 */
public record ConfigSetting(Action action, String setting) implements Verb {
  /** What to do with the setting. */
  public enum Action {
    SET,
    RESET,
    PRINT;

    String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public ConfigSetting {
    requireNonNull(action, "action is null");
    if (OneLine.of(setting).isEmpty()) {
      throw new IllegalArgumentException("A setting has a name");
    }
  }

  @Override
  public String toLine() {
    return "config:" + action.wire() + ":" + setting;
  }

  @Override
  public String toString() {
    return "ConfigSetting[" + action + "]";
  }
}
