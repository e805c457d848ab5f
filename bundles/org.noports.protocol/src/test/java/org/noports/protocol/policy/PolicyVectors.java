package org.noports.protocol.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The messages in {@code vectors/policy}. */
final class PolicyVectors {
  private PolicyVectors() {}

  static String read(String name) {
    try (InputStream in =
        PolicyVectors.class.getResourceAsStream("/vectors/policy/" + name + ".json")) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
