package org.noports.api.session;

/** The steps of a hand-shake, in the order in which they are usually done. */
public enum HandshakeStep {
  LOCAL_BOUND("local address bound"),
  SELF_AUTHENTICATED("authenticated at our atServer"),
  RELAY_ASKED("relay gave two ports"),
  DEVICE_PINGED("device answered, capabilities known"),
  SESSION_ADMITTED("device admitted the session"),
  RELAY_JOINED("joined at the relay, control channel up"),
  READY("ready after all of these");

  private final String sentence;

  HandshakeStep(String sentence) {
    this.sentence = sentence;
  }

  /** What has happened, in a few words. */
  public String sentence() {
    return sentence;
  }
}
