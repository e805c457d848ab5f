package org.noports.ssh.client;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The first that one side of an SSH connection says, before anything is encrypted: its version (RFC
 * 4253 4.2) and which key exchanges it can do (7.1). Looked at while it passes; what is no SSH is
 * nobody's business here.
 */
final class Greeting {
  /**
   * OpenSSH's are 1.5 KiB; more than a packet must be able to hold (RFC 4253 6.1) is no greeting.
   */
  private static final int LONGEST = 35_000;

  private static final int KEXINIT = 20;
  private static final int COOKIE = 16;

  /** What these lists hold beside key exchanges (RFC 8308, OpenSSH's PROTOCOL 1.9). */
  private static final List<String> MARKS = List.of("ext-info-", "kex-strict-");

  private ByteBuffer seen = ByteBuffer.allocate(LONGEST);
  private Optional<List<String>> exchanges = Optional.empty();
  private volatile boolean over;

  /** Looks at what passes. */
  void passes(byte[] bytes, int count) {
    if (over) {
      return;
    }
    seen.put(bytes, 0, Math.min(count, seen.remaining()));
    try {
      exchanges = read(seen.duplicate().flip());
    } catch (RuntimeException noSsh) {
      over = true;
    }
    over |= exchanges.isPresent() || !seen.hasRemaining();
    if (over) {
      seen = ByteBuffer.allocate(0);
    }
  }

  /** There is nothing more to be learnt. */
  boolean isOver() {
    return over;
  }

  /** The key exchanges that were offered, best first; empty as long as they are not known. */
  Optional<List<String>> exchanges() {
    return exchanges;
  }

  /** The one that the client likes best of those that both have (RFC 4253 7.1). */
  static Optional<String> agreed(List<String> client, List<String> server) {
    return client.stream()
        .filter(server::contains)
        .filter(name -> MARKS.stream().noneMatch(name::startsWith))
        .findFirst();
  }

  private static Optional<List<String>> read(ByteBuffer said) {
    if (!skipVersion(said) || said.remaining() < Integer.BYTES) {
      return Optional.empty();
    }
    int length = said.getInt();
    if (length < 0 || length > LONGEST) {
      throw new IllegalArgumentException("no packet");
    }
    if (said.remaining() < length) {
      return Optional.empty();
    }
    said.get(); // How much padding there is, at the packet's end.
    if (said.get() != KEXINIT) {
      throw new IllegalArgumentException("not the first packet of a key exchange");
    }
    said.position(said.position() + COOKIE);
    byte[] names = new byte[Math.min(said.getInt(), length)];
    said.get(names);
    return Optional.of(List.of(new String(names, StandardCharsets.US_ASCII).split(",")));
  }

  /** A side that is asked may say other lines first; its version begins with SSH-. */
  static boolean skipVersion(ByteBuffer said) {
    while (said.hasRemaining()) {
      String line = line(said);
      if (line.startsWith("SSH-") && line.endsWith("\n")) {
        return true;
      }
    }
    return false;
  }

  private static String line(ByteBuffer said) {
    StringBuilder line = new StringBuilder();
    while (said.hasRemaining()) {
      char next = (char) said.get();
      line.append(next);
      if (next == '\n') {
        break;
      }
    }
    return line.toString();
  }
}
