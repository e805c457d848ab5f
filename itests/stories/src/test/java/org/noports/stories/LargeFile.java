package org.noports.stories;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;

/** A file that is too large to be held in memory, and no part of which is like another. */
final class LargeFile {
  private static final int PIECE = 1_000_000;

  /** Each so many bytes say where they stand, so that none can be lost or doubled unseen. */
  private static final int NUMBERED = 1_000;

  private LargeFile() {}

  /**
   * Writes whole pieces of a million bytes.
   *
   * @return the hash of what was written
   */
  static String write(Path file, long size) throws IOException {
    MessageDigest digest = sha256();
    byte[] piece = new byte[PIECE];
    new Random(11).nextBytes(piece);
    try (OutputStream out = Files.newOutputStream(file)) {
      for (long at = 0; at < size; at += PIECE) {
        ByteBuffer numbered = ByteBuffer.wrap(piece);
        for (int i = 0; i < PIECE; i += NUMBERED) {
          numbered.putLong(i, at + i);
        }
        digest.update(piece);
        out.write(piece);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  static String hash(Path file) throws IOException {
    MessageDigest digest = sha256();
    byte[] piece = new byte[PIECE];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(piece); n > 0; n = in.read(piece)) {
        digest.update(piece, 0, n);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
