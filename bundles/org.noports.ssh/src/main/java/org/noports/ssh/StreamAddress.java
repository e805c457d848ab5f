package org.noports.ssh;

import java.net.SocketAddress;
import java.util.Optional;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.noports.api.stream.ByteStream;

/**
 * The "address" of a session that runs over a stream: the stream itself, and on the client's side
 * which host key its far end must show.
 */
final class StreamAddress extends SocketAddress {
  /** Where a connection's context holds it: MINA's client itself takes Internet addresses only. */
  static final AttributeKey<StreamAddress> KEY = new AttributeKey<>();

  private static final long serialVersionUID = 1L;

  private final transient ByteStream stream;
  private final String name;
  private final String expectedHostKey;
  private volatile String shownHostKey = "";

  /** A client's: only a server with that host key is spoken to. */
  static StreamAddress expecting(ByteStream stream, String hostKeyFingerprint) {
    return new StreamAddress(stream, "stream", hostKeyFingerprint);
  }

  /** A server's: {@code name} says in logs who comes. */
  static StreamAddress of(ByteStream stream, String name) {
    return new StreamAddress(stream, name, "");
  }

  private StreamAddress(ByteStream stream, String name, String expectedHostKey) {
    this.stream = stream;
    this.name = name;
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

  ByteStream stream() {
    return stream;
  }

  @Override
  public String toString() {
    return name;
  }
}
