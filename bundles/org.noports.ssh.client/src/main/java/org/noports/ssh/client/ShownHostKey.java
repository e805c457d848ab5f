package org.noports.ssh.client;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.noports.api.ssh.SshPublicKey;

/**
 * The host key that an SSH server shows in the answer of its first key exchange, before anything is
 * encrypted (RFC 4253 8, RFC 5656 4, RFC 4419 3). Looked at while it passes; that the server has
 * this key is for ssh to prove.
 */
final class ShownHostKey {
  /** Version, lists, a group and the answer: each a packet that every side must take (6.1). */
  private static final int LONGEST = 4 * 35_000;

  private static final int NEWKEYS = 21;
  private static final int REPLY = 31;
  private static final int GROUP_REPLY = 33;

  /** How many parts a key has behind its kind; a certificate has them behind a nonce. */
  private static final Map<String, Integer> PARTS =
      Map.of(
          "ssh-ed25519", 1,
          "ssh-rsa", 2,
          "ecdsa-sha2-nistp256", 2,
          "ecdsa-sha2-nistp384", 2,
          "ecdsa-sha2-nistp521", 2);

  private static final String CERTIFICATE = "-cert-v01@openssh.com";

  private ByteBuffer seen = ByteBuffer.allocate(LONGEST);
  private Optional<SshPublicKey> key = Optional.empty();
  private boolean over;

  /** Looks at what passes; true at the one moment when the key has come, before it is passed on. */
  boolean passes(byte[] bytes, int count) {
    if (over) {
      return false;
    }
    seen.put(bytes, 0, Math.min(count, seen.remaining()));
    try {
      key = read(seen.duplicate().flip());
    } catch (RuntimeException noSsh) {
      over = true;
    }
    over |= key.isPresent() || !seen.hasRemaining();
    if (over) {
      seen = ByteBuffer.allocate(0);
    }
    return key.isPresent();
  }

  /** Empty until it has come, and where there is none. */
  Optional<SshPublicKey> key() {
    return key;
  }

  private Optional<SshPublicKey> read(ByteBuffer said) {
    if (!Greeting.skipVersion(said)) {
      return Optional.empty();
    }
    while (said.remaining() >= Integer.BYTES) {
      int length = said.getInt();
      if (length < 2 || length > LONGEST) {
        throw new IllegalArgumentException("no packet");
      }
      if (said.remaining() < length) {
        return Optional.empty();
      }
      ByteBuffer packet = said.slice(said.position() + 1, length - 1);
      said.position(said.position() + length);
      int kind = packet.get();
      if (kind == NEWKEYS) {
        over = true;
        return Optional.empty();
      }
      if (kind == REPLY || kind == GROUP_REPLY) {
        Optional<SshPublicKey> shown = shown(part(packet));
        if (shown.isPresent()) {
          return shown;
        }
      }
    }
    return Optional.empty();
  }

  /** A group of a key exchange has the same number as others' answer, and no kind of key in it. */
  private static Optional<SshPublicKey> shown(ByteBuffer blob) {
    ByteBuffer rest = blob.duplicate();
    int length = rest.remaining() < Integer.BYTES ? 0 : rest.getInt(0);
    if (length < 1 || length > rest.remaining() - Integer.BYTES) {
      return Optional.empty();
    }
    String kind = StandardCharsets.US_ASCII.decode(part(rest)).toString();
    String plain = kind.replace(CERTIFICATE, "");
    if (!kind.equals(plain) && PARTS.containsKey(plain)) {
      return Optional.of(SshPublicKey.ofBlob(uncertified(plain, rest)));
    }
    return PARTS.containsKey(kind) || kind.startsWith("sk-")
        ? Optional.of(SshPublicKey.ofBlob(bytes(blob)))
        : Optional.empty();
  }

  /** The key in a certificate (PROTOCOL.certkeys of OpenSSH): what a list of keys has. */
  private static byte[] uncertified(String plain, ByteBuffer rest) {
    part(rest);
    int start = rest.position();
    for (int parts = PARTS.get(plain); parts > 0; parts--) {
      part(rest);
    }
    byte[] name = plain.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(Integer.BYTES + name.length + rest.position() - start)
        .putInt(name.length)
        .put(name)
        .put(rest.slice(start, rest.position() - start))
        .array();
  }

  private static ByteBuffer part(ByteBuffer from) {
    int length = from.getInt();
    ByteBuffer part = from.slice(from.position(), length);
    from.position(from.position() + length);
    return part;
  }

  private static byte[] bytes(ByteBuffer from) {
    byte[] bytes = new byte[from.remaining()];
    from.duplicate().get(bytes);
    return bytes;
  }
}
