package org.noports.door.wire;

import java.util.Optional;

/** The kinds of frames, each with the byte that stands for it. */
public enum FrameKind {
  HELLO('H'),
  ARGUMENTS('A'),
  STDIN('i'),
  STDIN_EOF('e'),
  RESIZE('w'),
  INTERRUPT('c'),
  WANT('n'),
  ECHO('q'),
  STDOUT('o'),
  STDERR('r'),
  EXIT('x');

  private final byte code;

  FrameKind(char code) {
    this.code = (byte) code;
  }

  /** The byte on the wire. */
  public byte code() {
    return code;
  }

  static Optional<FrameKind> of(byte code) {
    for (FrameKind kind : values()) {
      if (kind.code == code) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
