package org.noports.api;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name of one device under its atSign, such as {@code dev1}: many devices can share an atSign.
 *
 * <p>2 to 36 of {@code a-z 0-9 _ -}, not starting with {@code -}; fixed by the NoPorts wire format.
 *
 * @param name the canonical text
 */
public record DeviceName(String name) {
  private static final Pattern VALID = Pattern.compile("[a-z0-9_][a-z0-9_\\-]{1,35}");

  public DeviceName {
    requireNonNull(name, "name is null");
    if (!VALID.matcher(name).matches()) {
      throw new IllegalArgumentException(
          Quoted.of(name)
              + " is not a device name: expected 2 to 36 of a-z, 0-9, '_' and '-', not starting"
              + " with '-', for example dev1");
    }
  }

  /**
   * Reads what a person wrote: lower-cased, every run of white space becomes one {@code _}.
   *
   * @throws IllegalArgumentException with a full sentence, if the text is no device name
   */
  public static DeviceName of(String text) {
    requireNonNull(text, "text is null");
    return new DeviceName(text.trim().toLowerCase(Locale.ROOT).replaceAll("\\s+", "_"));
  }

  @Override
  public String toString() {
    return name;
  }
}
