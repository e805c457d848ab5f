package org.noports.protocol.relay;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.protocol.relay.ControlMessage.StreamKey;

/** The text form of control messages, in arrays that can be wiped: keys never become strings. */
final class ControlText {
  private static final byte[] CONNECT = "connect:".getBytes(US_ASCII);
  private static final byte[] HEARTBEAT = "heartbeat:".getBytes(US_ASCII);
  private static final byte[] CLEAR = "connect:no:encrypt".getBytes(US_ASCII);
  private static final int SHOWN = 16;

  private ControlText() {}

  static byte[] connect(StreamKey... keys) {
    WipedOutput out = new WipedOutput();
    out.writeBytes(Arrays.copyOf(CONNECT, CONNECT.length - 1));
    for (StreamKey key : keys) {
      byte[] clear = key.key().exposeSecretBytes();
      byte[] encoded = Base64.getEncoder().encode(clear);
      out.write(':');
      out.writeBytes(encoded);
      out.write(':');
      out.writeBytes(Base64.getEncoder().encode(key.iv()));
      Arrays.fill(clear, (byte) 0);
      Arrays.fill(encoded, (byte) 0);
    }
    out.write('\n');
    byte[] message = out.toByteArray();
    out.wipe();
    return message;
  }

  static ControlMessage parse(byte[] line) throws ProtocolViolation {
    if (Arrays.equals(line, CLEAR)) {
      return new ControlMessage.ConnectClear();
    }
    if (startsWith(line, CONNECT)) {
      return connect(line);
    }
    if (startsWith(line, HEARTBEAT)) {
      return heartbeat(
          new String(line, HEARTBEAT.length, line.length - HEARTBEAT.length, US_ASCII));
    }
    String shown = new String(line, 0, Math.min(line.length, SHOWN), US_ASCII);
    return new ControlMessage.Unknown(shown.replaceAll("(?s)[^a-zA-Z_].*", ""));
  }

  private static ControlMessage heartbeat(String number) throws ProtocolViolation {
    try {
      return new ControlMessage.Heartbeat(Long.parseLong(number.strip()));
    } catch (NumberFormatException e) {
      throw new ProtocolViolation("control message: a heartbeat without its number");
    }
  }

  private static ControlMessage connect(byte[] line) throws ProtocolViolation {
    List<byte[]> fields = fields(line, CONNECT.length);
    try {
      return switch (fields.size()) {
        case 2 -> new ControlMessage.ConnectLegacy(key(fields, 0));
        case 4 -> new ControlMessage.ConnectTwin(key(fields, 0), key(fields, 2));
        default ->
            throw new ProtocolViolation(
                "control message: connect with " + fields.size() + " fields, expected 2 or 4");
      };
    } finally {
      fields.forEach(field -> Arrays.fill(field, (byte) 0));
    }
  }

  private static StreamKey key(List<byte[]> fields, int at) throws ProtocolViolation {
    byte[] iv = ControlMessage.decode(fields.get(at + 1), ControlMessage.IV_BYTES);
    byte[] key = ControlMessage.decode(fields.get(at), ControlMessage.KEY_BYTES);
    return new StreamKey(Secret.owning(key), iv);
  }

  private static List<byte[]> fields(byte[] line, int from) {
    List<byte[]> fields = new ArrayList<>();
    int start = from;
    for (int i = from; i <= line.length; i++) {
      if (i == line.length || line[i] == ':') {
        fields.add(Arrays.copyOfRange(line, start, i));
        start = i + 1;
      }
    }
    return fields;
  }

  private static boolean startsWith(byte[] line, byte[] prefix) {
    return line.length >= prefix.length
        && Arrays.equals(line, 0, prefix.length, prefix, 0, prefix.length);
  }

  /** A buffer whose content is overwritten when it is done with. */
  private static final class WipedOutput extends ByteArrayOutputStream {
    /** Long enough for the longest message, so that the buffer never grows and leaves a copy. */
    WipedOutput() {
      super(ControlMessageReader.MAX_BYTES);
    }

    void wipe() {
      Arrays.fill(buf, (byte) 0);
    }
  }
}
