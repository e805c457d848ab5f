package org.noports.protocol.recording;

import static java.util.Objects.requireNonNull;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.api.cipher.KeyDerivation;

/**
 * What a sealed recording begins with, and how its pieces are keyed (docs/protocol/recording.md).
 *
 * @param agreement the key agreement by which the auditor has the key
 * @param encapsulated for the auditor's public key
 */
public record RecordingForm(String agreement, byte[] encapsulated) {
  /** A piece has no more clear bytes than this: whoever opens one needs no more memory. */
  public static final int LONGEST_PIECE = 64 * 1024;

  /** The first line of each file. */
  public static final String MAGIC = "noports recording 1\n";

  private static final int NONCE = 12;
  private static final int LONGEST_NAME = 64;
  private static final int LONGEST_ENCAPSULATED = 4096;
  private static final byte[] SALT = MAGIC.getBytes(StandardCharsets.US_ASCII);
  private static final byte[] LABEL = "piece".getBytes(StandardCharsets.US_ASCII);

  public RecordingForm {
    requireNonNull(agreement, "agreement is null");
    encapsulated = encapsulated.clone();
  }

  @Override
  public byte[] encapsulated() {
    return encapsulated.clone();
  }

  /** The beginning of the file. */
  public byte[] toBytes() {
    byte[] name = agreement.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(SALT.length + 2 * Short.BYTES + name.length + encapsulated.length)
        .put(SALT)
        .putShort((short) name.length)
        .put(name)
        .putShort((short) encapsulated.length)
        .put(encapsulated)
        .array();
  }

  /**
   * Reads the beginning of a file, and leaves {@code file} behind it.
   *
   * @throws ProtocolViolation if it is none of ours
   */
  public static RecordingForm read(ByteBuffer file) throws ProtocolViolation {
    try {
      byte[] magic = new byte[SALT.length];
      file.get(magic);
      if (!Arrays.equals(magic, SALT)) {
        throw new ProtocolViolation("This is no recording of NoPorts, or one of a newer form");
      }
      byte[] name = part(file, LONGEST_NAME);
      return new RecordingForm(
          new String(name, StandardCharsets.US_ASCII), part(file, LONGEST_ENCAPSULATED));
    } catch (BufferUnderflowException e) {
      throw new ProtocolViolation("The recording ends before it has begun");
    }
  }

  private static byte[] part(ByteBuffer file, int longest) throws ProtocolViolation {
    int length = Short.toUnsignedInt(file.getShort());
    if (length > longest) {
      throw new ProtocolViolation("The recording begins with a part of " + length + " bytes");
    }
    byte[] part = new byte[length];
    file.get(part);
    return part;
  }

  /** The key of all pieces, bound to how the file begins; the caller wipes it. */
  public Secret key(KeyDerivation derivation, Secret shared, int length) throws CipherUnavailable {
    byte[] info =
        ByteBuffer.allocate(LABEL.length + derivation.hashLength())
            .put(LABEL)
            .put(derivation.hash(toBytes()))
            .array();
    try (Secret uniform = derivation.extract(SALT, shared)) {
      return derivation.expand(uniform, info, length);
    }
  }

  /**
   * The nonce of one piece; the last one has another, so that no file can be cut short unseen.
   *
   * @param number from 0 on
   */
  public static byte[] nonce(long number, boolean last) {
    return ByteBuffer.allocate(NONCE).putInt(last ? 1 : 0).putLong(number).array();
  }

  @Override
  public String toString() {
    return "RecordingForm[" + agreement + "]";
  }
}
