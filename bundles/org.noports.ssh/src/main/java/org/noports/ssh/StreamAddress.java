package org.noports.ssh;

import java.util.Optional;
import org.noports.api.stream.ByteStream;
import org.noports.api.stream.StreamOrigin;
import org.noports.api.tunnel.StreamGate;
import org.noports.ssh.stream.StreamPeer;

/**
 * The "address" of a session that runs over a stream: the stream itself, and on the client's side
 * which host key its far end must show.
 */
final class StreamAddress extends StreamPeer {
  private static final long serialVersionUID = 1L;

  /**
   * Who has come through the tunnel.
   *
   * @param origin proven by the session
   * @param gate decides on what the visitor opens from here
   * @param recorded whether what the visitor does has to be recorded
   */
  record Visitor(StreamOrigin origin, StreamGate gate, boolean recorded) {}

  private final transient Optional<Visitor> visitor;
  private final String expectedHostKey;
  private volatile String shownHostKey = "";

  /** A client's: only a server with that host key is spoken to. */
  static StreamAddress expecting(ByteStream stream, String hostKeyFingerprint) {
    return new StreamAddress(stream, "stream", hostKeyFingerprint, Optional.empty());
  }

  /** A server's. */
  static StreamAddress of(ByteStream stream, Visitor visitor) {
    String name = visitor.origin().client() + " " + visitor.origin().session();
    return new StreamAddress(stream, name, "", Optional.of(visitor));
  }

  private StreamAddress(
      ByteStream stream, String name, String expectedHostKey, Optional<Visitor> visitor) {
    super(stream, name);
    this.visitor = visitor;
    this.expectedHostKey = expectedHostKey;
  }

  /** Notes what the server showed, and whether it is what was expected. */
  boolean accepts(String fingerprint) {
    shownHostKey = fingerprint;
    return fingerprint.equals(expectedHostKey);
  }

  /** What the server showed instead of what was expected; empty if it did not. */
  Optional<String> wrongHostKey() {
    return Optional.of(shownHostKey).filter(s -> !s.isEmpty() && !s.equals(expectedHostKey));
  }

  /** Who has come, on the server's side. */
  Optional<Visitor> visitor() {
    return visitor;
  }
}
