package org.noports.tunnel;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.api.HostPort;
import org.noports.api.SessionRefused;
import org.noports.api.Target;
import org.noports.api.TargetUnavailable;
import org.noports.transport.ChannelStream;

/**
 * What a SOCKS5 application says before its own bytes begin (RFC 1928 3 to 6), read to the byte and
 * not beyond. Nobody is asked for a password: who may connect is the local address's matter.
 */
final class SocksTalk {
  static final int VERSION = 5;
  private static final int NO_AUTHENTICATION = 0;
  private static final int NO_METHOD = 0xFF;
  private static final int CONNECT = 1;
  private static final int ASSOCIATE = 3;
  static final int IPV4 = 1;
  static final int NAME = 3;
  static final int IPV6 = 4;

  private final ChannelStream stream;

  SocksTalk(ChannelStream stream) {
    this.stream = stream;
  }

  ChannelStream stream() {
    return stream;
  }

  /** What an application asks for. */
  sealed interface Command {}

  /** A connection. */
  record Connect(Target target) implements Command {}

  /** A place to send datagrams to, for as long as the connection lasts. */
  record Associate() implements Command {}

  /** What it is answered (RFC 1928 6). */
  enum Reply {
    SUCCEEDED,
    FAILED,
    NOT_ALLOWED,
    NETWORK_UNREACHABLE,
    HOST_UNREACHABLE,
    REFUSED,
    EXPIRED,
    NO_SUCH_COMMAND,
    NO_SUCH_ADDRESS_TYPE;

    /** The reply that says best what went wrong. */
    static Reply of(Throwable failure) {
      if (failure instanceof SessionRefused) {
        return NOT_ALLOWED;
      }
      if (failure instanceof TargetUnavailable) {
        return String.valueOf(failure.getMessage()).contains("refused")
            ? REFUSED
            : HOST_UNREACHABLE;
      }
      return FAILED;
    }
  }

  /** The command; fails with an {@link IOException}, and then whoever asked has been told. */
  CompletionStage<Command> hear() {
    return take(2)
        .thenCompose(greeting -> methods(greeting.get(), greeting.get() & 0xFF))
        .thenCompose(chosen -> take(4))
        .thenCompose(this::command);
  }

  private CompletionStage<Void> methods(int version, int count) {
    if (version != VERSION) {
      return failed("SOCKS version " + version + " is not 5");
    }
    return take(count)
        .thenCompose(
            offered -> {
              boolean plain = false;
              while (offered.hasRemaining()) {
                plain |= offered.get() == NO_AUTHENTICATION;
              }
              return plain
                  ? write(VERSION, NO_AUTHENTICATION)
                  : write(VERSION, NO_METHOD)
                      .thenCompose(said -> failed("a SOCKS application insists on a password"));
            });
  }

  private CompletionStage<Command> command(ByteBuffer head) {
    int version = head.get();
    int command = head.get();
    head.get();
    int type = head.get();
    if (version != VERSION) {
      return failed("SOCKS version " + version + " is not 5");
    }
    return address(type)
        .thenCompose(
            to -> {
              if (command == ASSOCIATE) {
                return CompletableFuture.completedFuture(new Associate());
              }
              return command == CONNECT
                  ? target(to).thenApply(Connect::new)
                  : refuse(Reply.NO_SUCH_COMMAND, "SOCKS command " + command);
            });
  }

  private CompletionStage<ByteBuffer> address(int type) {
    return switch (type) {
      case IPV4 -> take(4 + 2).thenApply(rest -> typed(type, rest));
      case IPV6 -> take(16 + 2).thenApply(rest -> typed(type, rest));
      case NAME ->
          take(1)
              .thenCompose(length -> take((length.get() & 0xFF) + 2))
              .thenApply(rest -> typed(type, rest));
      default -> refuse(Reply.NO_SUCH_ADDRESS_TYPE, "SOCKS address type " + type);
    };
  }

  private static ByteBuffer typed(int type, ByteBuffer rest) {
    return ByteBuffer.allocate(rest.remaining() + 1).put((byte) type).put(rest).flip();
  }

  private CompletionStage<Target> target(ByteBuffer typed) {
    try {
      int type = typed.get();
      return CompletableFuture.completedFuture(
          new Target.Tcp(place(type, typed, typed.remaining() - 2)));
    } catch (IllegalArgumentException e) {
      return refuse(Reply.HOST_UNREACHABLE, e.getMessage());
    }
  }

  /**
   * Host and port, as datagrams have them too.
   *
   * @param length of the host's part
   * @throws IllegalArgumentException if there can be no such place
   */
  static HostPort place(int type, ByteBuffer from, int length) {
    byte[] host = new byte[length];
    from.get(host);
    int port = from.getShort() & 0xFFFF;
    try {
      String name =
          type == NAME
              ? new String(host, StandardCharsets.US_ASCII)
              : InetAddress.getByAddress(host).getHostAddress();
      return new HostPort(name, port);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("An address of " + length + " bytes", e);
    }
  }

  private <T> CompletionStage<T> refuse(Reply reply, String why) {
    return say(reply).thenCompose(said -> failed(why + " is not served here"));
  }

  /** Answers; what is bound is nobody's business for a connection. */
  CompletionStage<Void> say(Reply reply) {
    return write(VERSION, reply.ordinal(), 0, IPV4, 0, 0, 0, 0, 0, 0);
  }

  /** Answers with the place that datagrams may be sent to. */
  CompletionStage<Void> say(InetSocketAddress bound) {
    byte[] host = bound.getAddress().getAddress();
    ByteBuffer answer = ByteBuffer.allocate(6 + host.length);
    answer.put((byte) VERSION).put((byte) Reply.SUCCEEDED.ordinal()).put((byte) 0);
    answer.put((byte) (host.length == 4 ? IPV4 : IPV6)).put(host);
    return stream.write(answer.putShort((short) bound.getPort()).flip());
  }

  private CompletionStage<Void> write(int... bytes) {
    ByteBuffer text = ByteBuffer.allocate(bytes.length);
    for (int b : bytes) {
      text.put((byte) b);
    }
    return stream.write(text.flip());
  }

  private CompletionStage<ByteBuffer> take(int count) {
    return fill(ByteBuffer.allocate(count));
  }

  private CompletionStage<ByteBuffer> fill(ByteBuffer buffer) {
    if (!buffer.hasRemaining()) {
      return CompletableFuture.completedFuture(buffer.flip());
    }
    return stream
        .read(buffer)
        .thenCompose(
            count ->
                count < 0
                    ? CompletableFuture.failedFuture(
                        new EOFException("a SOCKS application ended before it said where to"))
                    : fill(buffer));
  }

  private static <T> CompletionStage<T> failed(String why) {
    return CompletableFuture.failedFuture(new IOException(why));
  }
}
