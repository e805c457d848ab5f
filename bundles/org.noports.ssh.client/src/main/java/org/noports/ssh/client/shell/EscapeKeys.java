package org.noports.ssh.client.shell;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * Orders to us among what is typed: behind a new line the escape key and a full stop end the
 * connection, a question mark asks for help, and the key twice is the key (ssh(1), ESCAPE
 * CHARACTERS).
 */
final class EscapeKeys {
  /** What was typed that is for us. */
  enum Order {
    NONE,
    END,
    HELP
  }

  private final OptionalInt key;
  private boolean lineBegins = true;
  private boolean pending;
  private Order order = Order.NONE;

  EscapeKeys(OptionalInt key) {
    this.key = key;
  }

  /** What of this goes on to the far side. */
  byte[] typed(byte[] bytes, int count) {
    order = Order.NONE;
    if (key.isEmpty()) {
      return Arrays.copyOf(bytes, count);
    }
    ByteArrayOutputStream on = new ByteArrayOutputStream(count + 1);
    for (int i = 0; i < count && order != Order.END; i++) {
      take(bytes[i] & 0xff, on);
    }
    return on.toByteArray();
  }

  private void take(int one, ByteArrayOutputStream on) {
    if (pending) {
      pending = false;
      ordered(one, on);
    } else if (lineBegins && one == key.getAsInt()) {
      pending = true;
      return;
    } else {
      on.write(one);
    }
    lineBegins = one == '\r' || one == '\n';
  }

  private void ordered(int one, ByteArrayOutputStream on) {
    if (one == '.') {
      order = Order.END;
    } else if (one == '?') {
      order = Order.HELP;
    } else {
      if (one != key.getAsInt()) {
        on.write(key.getAsInt());
      }
      on.write(one);
    }
  }

  /** What was ordered by what was typed last. */
  Order order() {
    return order;
  }
}
