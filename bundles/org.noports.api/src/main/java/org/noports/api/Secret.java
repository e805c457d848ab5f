package org.noports.api;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/**
 * Bytes that must not be seen: it neither prints, compares nor serialises, and is wiped when
 * closed.
 *
 * <p>Every place that touches the bytes is one text search for {@link #exposeSecretBytes}. Safe for
 * use by several threads; a closed secret throws {@link IllegalStateException}.
 */
public final class Secret implements AutoCloseable {
  private final byte[] bytes;
  private boolean wiped;

  private Secret(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Takes over {@code bytes} without copying: the caller must not use the array again. */
  public static Secret owning(byte[] bytes) {
    return new Secret(requireNonNull(bytes, "bytes is null"));
  }

  /** Copies {@code bytes}; the caller keeps, and should wipe, its array. */
  public static Secret copyOf(byte[] bytes) {
    return new Secret(requireNonNull(bytes, "bytes is null").clone());
  }

  /** A copy of the bytes. Whoever asks is answerable for them, and wipes the copy. */
  public synchronized byte[] exposeSecretBytes() {
    if (wiped) {
      throw new IllegalStateException("The secret has been wiped");
    }
    return bytes.clone();
  }

  /** Number of bytes; not secret. */
  public int length() {
    return bytes.length;
  }

  /** Overwrites the bytes. May be called more than once. */
  @Override
  public synchronized void close() {
    Arrays.fill(bytes, (byte) 0);
    wiped = true;
  }

  @Override
  public String toString() {
    return "Secret[" + bytes.length + " bytes]";
  }
}
