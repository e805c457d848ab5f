package org.noports.cipher.pq;

import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.Properties;

/** The vectors that a plain clone has: bytes in hex, by name. */
final class HexVectors {
  private final Properties values = new Properties();

  HexVectors(String name) {
    try (InputStream in = HexVectors.class.getResourceAsStream("/vectors/" + name)) {
      values.load(in);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As a fresh array: who gets seeds wipes them. */
  byte[] bytes(String name) {
    return HexFormat.of().parseHex(values.getProperty(name));
  }
}
