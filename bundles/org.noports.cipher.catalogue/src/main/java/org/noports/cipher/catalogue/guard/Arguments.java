package org.noports.cipher.catalogue.guard;

import java.nio.ByteBuffer;
import org.noports.api.Secret;

/**
 * What goes to a plug-in and what comes from it. What a caller gets wrong is its own fault: it is
 * found before a plug-in is asked.
 */
final class Arguments {
  private Arguments() {}

  /** A copy for the plug-in: it can neither wipe nor keep what is the caller's. */
  static Secret copy(String what, Secret secret, int length) {
    if (secret.length() != length) {
      throw wrong(what, secret.length(), length);
    }
    return Secret.owning(secret.exposeSecretBytes());
  }

  /**
   * A copy of a secret that a plug-in made; its own is wiped. In the plug-in's thread: one that was
   * wiped already throws.
   */
  static Secret taken(Secret theirs) {
    try (theirs) {
      return Secret.owning(theirs.exposeSecretBytes());
    }
  }

  static byte[] copy(String what, byte[] bytes, int length) {
    if (bytes.length != length) {
      throw wrong(what, bytes.length, length);
    }
    return bytes.clone();
  }

  private static IllegalArgumentException wrong(String what, int has, int length) {
    return new IllegalArgumentException("A " + what + " has " + length + " bytes, not " + has);
  }

  static void room(ByteBuffer target, int length) {
    if (target.remaining() < length) {
      throw new IllegalArgumentException(
          "The destination has room for " + target.remaining() + " bytes, not for " + length);
    }
  }

  static void open(boolean closed) {
    if (closed) {
      throw new IllegalStateException("The key is wiped");
    }
  }
}
