package org.noports.protocol.key;

/** Who may read a value. */
public enum KeyKind {
  /** Everybody. */
  PUBLIC("public:"),
  /** One other atSign. */
  SHARED(""),
  /** Its owner. */
  SELF(""),
  /** The atServer only; for one owner. */
  PRIVATE("private:"),
  /** A client only; never at an atServer. */
  LOCAL("local:"),
  /** The atServer's own, without an owner in its name: {@code privatekey:…}. */
  RESERVED("");

  private final String prefix;

  KeyKind(String prefix) {
    this.prefix = prefix;
  }

  /** What stands in front of the name. */
  String prefix() {
    return prefix;
  }
}
