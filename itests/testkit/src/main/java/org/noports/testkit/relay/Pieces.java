package org.noports.testkit.relay;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** Cuts what one end says into the pieces that a relay can see, although it reads none of them. */
final class Pieces {
  private static final int PREFACE = 16;
  private static final int HEADER = 4;
  private static final int FIRST_OF_PREFACE = 0x89;
  private static final int CHUNK = 1024;

  private final DataInputStream in;
  private final boolean records;
  private boolean begun;

  /**
   * A piece.
   *
   * @param bytes of it
   * @param counts false for what is said to a relay before the session's first byte
   */
  record Piece(byte[] bytes, boolean counts) {}

  /**
   * @param records whether an NP2 link is to be expected; otherwise a piece is what comes at once
   */
  Pieces(InputStream in, boolean records) {
    this.in = new DataInputStream(new BufferedInputStream(in, 1 << 17));
    this.records = records;
  }

  /** The next piece; empty at the end, also in the middle of one. */
  Optional<Piece> next() throws IOException {
    try {
      return Optional.of(read());
    } catch (EOFException e) {
      return Optional.empty();
    }
  }

  private Piece read() throws IOException {
    if (!records) {
      byte[] chunk = new byte[CHUNK];
      int count = in.read(chunk);
      if (count < 0) {
        throw new EOFException();
      }
      return new Piece(Arrays.copyOf(chunk, count), true);
    }
    if (!begun) {
      int first = in.readUnsignedByte();
      if (first != FIRST_OF_PREFACE) {
        return new Piece(new byte[] {(byte) first}, false);
      }
      begun = true;
      byte[] preface = new byte[PREFACE];
      preface[0] = (byte) first;
      in.readFully(preface, 1, PREFACE - 1);
      return new Piece(preface, true);
    }
    byte[] header = new byte[HEADER];
    in.readFully(header);
    int length = (header[0] & 0xff) << 16 | (header[1] & 0xff) << 8 | header[2] & 0xff;
    byte[] record = Arrays.copyOf(header, HEADER + length);
    in.readFully(record, HEADER, length);
    return new Piece(record, true);
  }
}
