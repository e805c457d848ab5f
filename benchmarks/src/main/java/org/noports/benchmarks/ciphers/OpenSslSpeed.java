package org.noports.benchmarks.ciphers;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;

/** {@code openssl speed}: what its authors' hand-written code seals on one core. */
final class OpenSslSpeed {
  private static final double MIB = 1048576;

  private OpenSslSpeed() {}

  /** MiB for each second of processor time, records of {@code bytes} with additional data. */
  static double seals(String cipher, int bytes) throws IOException {
    List<String> command =
        List.of(
            "openssl",
            "speed",
            "-mr",
            "-seconds",
            "1",
            "-bytes",
            Integer.toString(bytes),
            "-aead",
            "-evp",
            cipher);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (BufferedReader out = process.inputReader()) {
      String last = out.lines().filter(line -> line.startsWith("+F:")).reduce("", (a, b) -> b);
      if (last.isEmpty()) {
        throw new IOException(String.join(" ", command) + " says nothing of " + cipher);
      }
      return Double.parseDouble(last.substring(last.lastIndexOf(':') + 1)) / MIB;
    }
  }
}
