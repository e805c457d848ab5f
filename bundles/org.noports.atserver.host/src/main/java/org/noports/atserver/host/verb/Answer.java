package org.noports.atserver.host.verb;

import static java.util.Objects.requireNonNull;

/**
 * What goes out to one command.
 *
 * @param frame line and prompt, for a single write; empty for no answer
 * @param last whether the connection ends with it
 */
public record Answer(String frame, boolean last) {
  public Answer {
    requireNonNull(frame, "frame is null");
  }

  @Override
  public String toString() {
    return "Answer[" + frame.length() + " chars" + (last ? ", last]" : "]");
  }
}
