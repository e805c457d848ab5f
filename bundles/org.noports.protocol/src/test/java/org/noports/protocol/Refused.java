package org.noports.protocol;

import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import org.noports.api.ProtocolViolation;

/** Asserts that input is refused with the one documented error, in one short line. */
public final class Refused {
  private Refused() {}

  /** Something that reads input. */
  @FunctionalInterface
  public interface Reading {
    Object read() throws ProtocolViolation;
  }

  /** Asserts the refusal, and returns its message. */
  public static String message(Reading reading) {
    ProtocolViolation refusal = assertThrows(ProtocolViolation.class, reading::read);
    String message = refusal.getMessage();
    assertTrue(message, message.length() < 200 && message.indexOf('\n') < 0);
    return message;
  }

  /** Asserts the refusal and that its message contains {@code part}. */
  public static void naming(String part, Reading reading) {
    String message = message(reading);
    assertTrue(message, message.contains(part));
  }
}
