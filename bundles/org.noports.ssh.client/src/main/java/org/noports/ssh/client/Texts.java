package org.noports.ssh.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The help texts. */
final class Texts {
  private Texts() {}

  static void print(String name, OutputStream out) throws IOException {
    try (InputStream text = Texts.class.getResourceAsStream(name)) {
      text.transferTo(out);
      out.flush();
    }
  }
}
