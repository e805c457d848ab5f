package org.noports.tunnel.session;

/** Why an end says go away (docs/protocol/np2.md 10.1); what nobody here knows is a plain end. */
enum Farewell {
  /** It is over. */
  ENDED(0, "the other end has closed it"),
  /** The policy, or the device, permits it no longer. */
  WITHDRAWN(16, "the other end does not permit it any more");

  private final int code;
  private final String words;

  Farewell(int code, String words) {
    this.code = code;
    this.words = words;
  }

  static Farewell of(int code) {
    return code == WITHDRAWN.code ? WITHDRAWN : ENDED;
  }

  int code() {
    return code;
  }

  /** For whoever hears it. */
  String words() {
    return words;
  }
}
