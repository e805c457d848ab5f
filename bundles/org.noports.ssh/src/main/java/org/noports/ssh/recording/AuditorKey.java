package org.noports.ssh.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/**
 * The public key that recordings are sealed to.
 *
 * @param agreement which kind of key it is
 * @param bytes the key
 */
record AuditorKey(String agreement, byte[] bytes) {
  /** Of the largest key that there is, in base64, and room. */
  private static final long LONGEST = 8 * 1024;

  AuditorKey {
    bytes = bytes.clone();
  }

  @Override
  public byte[] bytes() {
    return bytes.clone();
  }

  /**
   * Reads what {@code noports recording-key} has written.
   *
   * @throws IOException with a full sentence, if it is not that
   */
  static AuditorKey read(Path file) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) > LONGEST) {
      throw new IOException("auditorKey: there is no public key of an auditor in " + file);
    }
    String[] words = Files.readString(file).trim().split("\\s+");
    try {
      if (words.length != 2) {
        throw new IllegalArgumentException("not two words");
      }
      return new AuditorKey(words[0], Base64.getDecoder().decode(words[1]));
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "auditorKey: " + file + " is no public key that noports recording-key has written", e);
    }
  }

  @Override
  public String toString() {
    return "AuditorKey[" + agreement + "]";
  }
}
