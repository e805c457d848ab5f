package org.noports.ssh.stream;

import static java.util.Objects.requireNonNull;

import java.net.SocketAddress;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.noports.api.stream.ByteStream;

/** The "address" of a session that runs over a stream: the stream itself. */
public class StreamPeer extends SocketAddress {
  /** Where a connection's context holds it: MINA's client itself takes Internet addresses only. */
  public static final AttributeKey<StreamPeer> KEY = new AttributeKey<>();

  private static final long serialVersionUID = 1L;

  private final transient ByteStream stream;
  private final String name;

  /**
   * A peer behind a stream.
   *
   * @param name for logs
   */
  public StreamPeer(ByteStream stream, String name) {
    this.stream = requireNonNull(stream, "stream is null");
    this.name = requireNonNull(name, "name is null");
  }

  /** What leads there. */
  public ByteStream stream() {
    return stream;
  }

  @Override
  public String toString() {
    return name;
  }
}
