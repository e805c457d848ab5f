package org.noports.door.wire;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * Where a caller stands, for what is done in its place.
 *
 * @param typing its standard input is a terminal, which it can make raw
 * @param showing its standard output is a terminal
 * @param folder its working directory; empty if it does not say
 * @param agent the socket of its SSH agent; empty if it has none
 */
public record Standing(boolean typing, boolean showing, String folder, String agent) {
  /** A caller that says nothing of it. */
  public static final Standing UNSAID = new Standing(false, false, "", "");

  public Standing {
    requireNonNull(folder, "folder is null");
    requireNonNull(agent, "agent is null");
  }

  /** As lines of a greeting; what is no single line is left unsaid. */
  String lines() {
    return (typing ? "typing=yes\n" : "")
        + (showing ? "showing=yes\n" : "")
        + line("folder", folder)
        + line("agent", agent);
  }

  private static String line(String name, String value) {
    boolean oneLine = value.chars().noneMatch(Character::isISOControl);
    return value.isEmpty() || !oneLine ? "" : name + "=" + value + "\n";
  }

  static Standing of(Map<String, String> values) {
    return new Standing(
        values.getOrDefault("typing", "no").equals("yes"),
        values.getOrDefault("showing", "no").equals("yes"),
        values.getOrDefault("folder", ""),
        values.getOrDefault("agent", ""));
  }
}
