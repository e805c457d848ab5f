package org.noports.ssh.client.agent;

import java.nio.charset.StandardCharsets;

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

  private FixedKey() {}

  /** The file, as it was written. */
  public static byte[] file() {
    return PRIVATE.getBytes(StandardCharsets.US_ASCII);
  }
}
