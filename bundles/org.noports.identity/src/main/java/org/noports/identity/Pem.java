package org.noports.identity;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** PEM text (RFC 7468) around DER bytes. */
final class Pem {
  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private Pem() {}

  /** One block, ending with a newline. */
  static byte[] block(String label, byte[] der) {
    byte[] head = ("-----BEGIN " + label + "-----\n").getBytes(StandardCharsets.US_ASCII);
    byte[] tail = ("\n-----END " + label + "-----\n").getBytes(StandardCharsets.US_ASCII);
    byte[] body = LINES.encode(der);
    byte[] all = Arrays.copyOf(head, head.length + body.length + tail.length);
    System.arraycopy(body, 0, all, head.length, body.length);
    System.arraycopy(tail, 0, all, head.length + body.length, tail.length);
    Arrays.fill(body, (byte) 0);
    return all;
  }

  /**
   * The bytes of the first block of that label.
   *
   * @throws IllegalArgumentException if the text has none
   */
  static byte[] first(String label, byte[] pem) {
    String text = new String(pem, StandardCharsets.US_ASCII);
    String head = "-----BEGIN " + label + "-----";
    int start = text.indexOf(head);
    int end = text.indexOf("-----END " + label + "-----");
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("no PEM block '" + label + "'");
    }
    return Base64.getMimeDecoder().decode(text.substring(start + head.length(), end));
  }
}
