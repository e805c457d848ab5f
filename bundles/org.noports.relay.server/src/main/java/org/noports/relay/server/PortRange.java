package org.noports.relay.server;

/**
 * The ports that may be handed out.
 *
 * @param first lowest; 0 for any port that the system has free
 * @param last highest, not below {@code first}
 */
record PortRange(int first, int last) {
  static final PortRange ANY = new PortRange(0, 0);

  private static final int HIGHEST = 65535;

  PortRange {
    boolean any = first == 0 && last == 0;
    if (!any && (first < 1 || last > HIGHEST || first > last)) {
      throw new IllegalArgumentException(
          "portRange = " + first + "-" + last + " is not a range of ports between 1 and 65535");
    }
  }

  /** Reads {@code 40000-40999}; blank means {@link #ANY}. */
  static PortRange of(String text) {
    String trimmed = text.trim();
    if (trimmed.isEmpty()) {
      return ANY;
    }
    String[] ends = trimmed.split("-", -1);
    try {
      if (ends.length == 2) {
        return new PortRange(Integer.parseInt(ends[0].trim()), Integer.parseInt(ends[1].trim()));
      }
    } catch (NumberFormatException e) {
      throw notARange(text, e);
    }
    throw notARange(text, null);
  }

  private static IllegalArgumentException notARange(String text, Exception cause) {
    return new IllegalArgumentException(
        "portRange = "
            + text
            + " is not FIRST-LAST, for example 40000-40999; leave it empty for"
            + " any free port",
        cause);
  }

  /** How many different ports there are. */
  int size() {
    return last - first + 1;
  }

  /** The port that is {@code step} places behind the one at {@code start}, going round. */
  int at(int start, int step) {
    return first == 0 ? 0 : first + Math.floorMod(start + step, size());
  }
}
