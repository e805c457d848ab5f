package org.noports.atserver.host.record;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.noports.protocol.verb.NotificationJson;

/** A notification as its listeners hear it: however many they are, it is put into words once. */
public final class Heard {
  private final NotificationJson told;
  private final String head;
  private Optional<String> text = Optional.empty();

  public Heard(NotificationJson told) {
    this.told = requireNonNull(told, "told is null");
    this.head = told.head();
  }

  public NotificationJson told() {
    return told;
  }

  /** What its text and what the store keeps begin with. */
  String head() {
    return head;
  }

  /** The notification's JSON. */
  public synchronized String text() {
    if (text.isEmpty()) {
      text = Optional.of(told.toText(head));
    }
    return text.get();
  }
}
