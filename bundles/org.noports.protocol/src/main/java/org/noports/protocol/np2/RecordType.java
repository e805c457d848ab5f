package org.noports.protocol.np2;

/** What a record is; its code is authenticated with the record. */
public enum RecordType {
  /** HMAC over transcript and preface: the first record each way, and only the first. */
  CONFIRM(1),
  /** Clear bytes of the session, in order. */
  DATA(2),
  /** The session offset up to which its sender has everything: 8 bytes, unsigned, big-endian. */
  ACK(3),
  /** A {@link KeyChange} that keeps the suite. */
  REKEY(4),
  /** A {@link KeyChange} to another suite. */
  SWITCH(5),
  /** The sender's last record: without it what was received may be cut off. Empty. */
  CLOSE(6),
  /** Any bytes, to be ignored. */
  PADDING(7),
  /**
   * A {@link KeyChange} to another suite, and a MAC of it; in clear, because the cipher that there
   * is must not be used any more.
   */
  LEAVE(8);

  private static final RecordType[] BY_CODE = values();

  private final int code;

  RecordType(int code) {
    this.code = code;
  }

  /** The byte that stands for it. */
  public int code() {
    return code;
  }

  /** Whether any record has that code. */
  public static boolean isCode(int code) {
    return code >= 1 && code <= BY_CODE.length;
  }

  /**
   * The type with that code.
   *
   * @throws IllegalArgumentException unless {@link #isCode}
   */
  public static RecordType ofCode(int code) {
    if (!isCode(code)) {
      throw new IllegalArgumentException("No record has type " + code);
    }
    return BY_CODE[code - 1];
  }
}
