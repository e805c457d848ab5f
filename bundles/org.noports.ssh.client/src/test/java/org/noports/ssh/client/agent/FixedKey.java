package org.noports.ssh.client.agent;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** A key pair that ssh-keygen has made for these tests. */
public final class FixedKey {
  public static final String PUBLIC =
      "AAAAC3NzaC1lZDI1NTE5AAAAIEuaS2GjQ7HZ6Sh7CC184I5M/xtfGJ+P8CD2BFONXtMP";

  private static final String PRIVATE =
      String.join(
          "\n",
          "-----BEGIN OPENSSH PRIVATE KEY-----",
          "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW",
          "QyNTUxOQAAACBLmktho0Ox2ekoewgtfOCOTP8bXxifj/Ag9gRTjV7TDwAAAIgsCSHULAkh",
          "1AAAAAtzc2gtZWQyNTUxOQAAACBLmktho0Ox2ekoewgtfOCOTP8bXxifj/Ag9gRTjV7TDw",
          "AAAEA7wTVXpxQPWAIKBTDAFVy6vF4JzaWBtJHa9wIZzb8qHkuaS2GjQ7HZ6Sh7CC184I5M",
          "/xtfGJ+P8CD2BFONXtMPAAAAAAECAwQF",
          "-----END OPENSSH PRIVATE KEY-----",
          "");

  /** Where the public half ends in the file, and in the text behind its first line. */
  private static final int LAST_OF_PUBLIC = 93;

  private FixedKey() {}

  /** A key whose public half, by which it is told from others, ends in that byte. */
  public static byte[] numbered(int number) {
    String[] lines = PRIVATE.split("\n");
    String body = String.join("", Arrays.copyOfRange(lines, 1, lines.length - 1));
    byte[] bytes = Base64.getDecoder().decode(body);
    bytes[LAST_OF_PUBLIC] = (byte) number;
    return String.join(
            "\n", lines[0], Base64.getEncoder().encodeToString(bytes), lines[lines.length - 1])
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** The file, as it was written. */
  public static byte[] file() {
    return PRIVATE.getBytes(StandardCharsets.US_ASCII);
  }
}
