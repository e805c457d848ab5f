package org.noports.protocol.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.noports.api.ProtocolViolation;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.np2.KeyChange;
import org.noports.protocol.np2.LinkPreface;
import org.noports.protocol.np2.Np2Answer;
import org.noports.protocol.np2.Np2Offer;
import org.noports.protocol.np2.RecordHeader;
import org.noports.protocol.np2.RecordType;

/**
 * What NP2's ends say is refused in one short line, or read; and what is written of it reads as
 * itself. The first byte says what it is to be.
 */
public final class Np2Target {
  private Np2Target() {}

  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    byte[] rest = Arrays.copyOfRange(input, 1, input.length);
    try {
      switch (input[0]) {
        case 'o' -> offer(payload(rest));
        case 'a' -> answer(payload(rest));
        case 'r' -> change(RecordType.REKEY, rest);
        case 's' -> change(RecordType.SWITCH, rest);
        case 'l' -> change(RecordType.LEAVE, rest);
        case 'p' -> preface(Arrays.copyOf(rest, LinkPreface.LENGTH));
        default -> header(ByteBuffer.wrap(rest));
      }
    } catch (ProtocolViolation refused) {
      Expect.shortLine(refused.getMessage());
    } catch (BufferUnderflowException tooFew) {
      // A header is four bytes long; nobody reads fewer.
    }
  }

  private static JsonObject payload(byte[] text) throws ProtocolViolation {
    return JsonObject.parse("payload", new String(text, UTF_8));
  }

  private static JsonObject around(JsonObject np2) {
    return JsonObject.builder().put(Np2Offer.FIELD, np2).build();
  }

  private static void offer(JsonObject payload) throws ProtocolViolation {
    Optional<Np2Offer> read = Np2Offer.of(payload);
    if (read.isPresent()) {
      same(read, Np2Offer.of(around(read.get().toJson())));
    }
  }

  private static void answer(JsonObject payload) throws ProtocolViolation {
    Optional<Np2Answer> read = Np2Answer.of(payload);
    if (read.isPresent()) {
      same(read, Np2Answer.of(around(read.get().toJson())));
    }
  }

  private static void change(RecordType type, byte[] content) throws ProtocolViolation {
    if (!Arrays.equals(content, KeyChange.read(type, content).bytes())) {
      throw new AssertionError("A change of keys is written otherwise than it was read");
    }
  }

  private static void preface(byte[] bytes) throws ProtocolViolation {
    if (!Arrays.equals(bytes, LinkPreface.read(bytes).bytes())) {
      throw new AssertionError("A preface is written otherwise than it was read");
    }
  }

  private static void header(ByteBuffer bytes) throws ProtocolViolation {
    int header = bytes.getInt();
    RecordHeader.check(header, 16);
    int again = RecordHeader.of(RecordHeader.sealed(header), RecordHeader.type(header));
    if (again != header) {
      throw new AssertionError("A header is written otherwise than it was read");
    }
  }

  private static void same(Object read, Object again) {
    if (!read.equals(again)) {
      throw new AssertionError("What was written of " + read + " reads as " + again);
    }
  }
}
