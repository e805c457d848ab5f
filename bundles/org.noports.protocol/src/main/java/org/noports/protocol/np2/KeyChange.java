package org.noports.protocol.np2;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.noports.api.ProtocolViolation;

/**
 * The content of a {@link RecordType#REKEY} or {@link RecordType#SWITCH} record, and of a {@link
 * RecordType#LEAVE} record before its MAC. A ratchet takes the sender's direction to its next key.
 * An offer, its answer and a done take both directions to the keys of a new epoch: the answerer's
 * direction behind its answer, the offerer's behind its done; where a cipher is left, both behind
 * the answer.
 */
public sealed interface KeyChange {
  /** From the next record on the sender uses the next key of its direction. Rekey only. */
  record Ratchet() implements KeyChange {}

  /**
   * Whose sender has made a key share for a new epoch.
   *
   * @param epoch the one to come
   * @param suite the suite to change to; empty in a rekey
   * @param share the public half
   */
  record Offer(int epoch, Optional<String> suite, byte[] share) implements KeyChange {
    public Offer {
      requireNonNull(suite, "suite is null");
      share = share.clone();
    }

    @Override
    public byte[] share() {
      return share.clone();
    }
  }

  /**
   * From the next record on the sender uses the new epoch's keys.
   *
   * @param epoch the offer's
   * @param encapsulated for the offer's share
   */
  record Answer(int epoch, byte[] encapsulated) implements KeyChange {
    public Answer {
      encapsulated = encapsulated.clone();
    }

    @Override
    public byte[] encapsulated() {
      return encapsulated.clone();
    }
  }

  /**
   * From the next record on the offer's sender uses the new epoch's keys too.
   *
   * @param epoch the offer's
   */
  record Done(int epoch) implements KeyChange {}

  /**
   * The sender has not what the offer asks for; all stays as it is.
   *
   * @param epoch the offer's
   */
  record Decline(int epoch) implements KeyChange {}

  /** The record's content. */
  default byte[] bytes() {
    if (this instanceof Offer offer) {
      return offer(offer);
    }
    if (this instanceof Answer answer) {
      return with(2, answer.epoch, answer.encapsulated);
    }
    if (this instanceof Done done) {
      return with(3, done.epoch, new byte[0]);
    }
    return this instanceof Decline decline ? with(4, decline.epoch, new byte[0]) : new byte[] {0};
  }

  private static byte[] offer(Offer offer) {
    byte[] suite = offer.suite.orElse("").getBytes(US_ASCII);
    byte[] rest = new byte[1 + suite.length + offer.share.length];
    ByteBuffer.wrap(rest).put((byte) suite.length).put(suite).put(offer.share);
    return with(1, offer.epoch, rest);
  }

  private static byte[] with(int kind, int epoch, byte[] rest) {
    return ByteBuffer.allocate(5 + rest.length).put((byte) kind).putInt(epoch).put(rest).array();
  }

  /**
   * Reads the content of such a record.
   *
   * @throws ProtocolViolation if it is none, or one of the other type
   */
  static KeyChange read(RecordType type, byte[] content) throws ProtocolViolation {
    var buffer = ByteBuffer.wrap(content);
    try {
      KeyChange change = read(buffer);
      if (!fits(change, type) || buffer.hasRemaining()) {
        throw new ProtocolViolation("A " + type + " record holds what belongs into no such record");
      }
      return change;
    } catch (BufferUnderflowException e) {
      throw new ProtocolViolation("A " + type + " record is too short for what it says", e);
    }
  }

  private static boolean fits(KeyChange change, RecordType type) {
    if (change instanceof Offer offer) {
      return offer.suite.isPresent() == (type != RecordType.REKEY);
    }
    return change instanceof Ratchet
        ? type == RecordType.REKEY
        : !(change instanceof Done) || type != RecordType.LEAVE;
  }

  private static KeyChange read(ByteBuffer buffer) throws ProtocolViolation {
    int kind = buffer.get();
    return switch (kind) {
      case 0 -> new Ratchet();
      case 1 -> {
        int epoch = buffer.getInt();
        String suite = suite(rest(buffer, buffer.get() & 0xff));
        yield new Offer(
            epoch,
            suite.isEmpty() ? Optional.empty() : Optional.of(suite),
            rest(buffer, buffer.remaining()));
      }
      case 2 -> new Answer(buffer.getInt(), rest(buffer, buffer.remaining()));
      case 3 -> new Done(buffer.getInt());
      case 4 -> new Decline(buffer.getInt());
      default -> throw new ProtocolViolation("There is no change of keys of kind " + kind);
    };
  }

  /** Whether it is one that is known is for the answerer to say; here, that it can be said. */
  private static String suite(byte[] name) throws ProtocolViolation {
    for (byte letter : name) {
      if (letter <= ' ' || letter > '~') {
        throw new ProtocolViolation("An offer names a suite with letters that no suite has");
      }
    }
    return new String(name, US_ASCII);
  }

  private static byte[] rest(ByteBuffer buffer, int length) {
    if (length > buffer.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[length];
    buffer.get(bytes);
    return bytes;
  }
}
