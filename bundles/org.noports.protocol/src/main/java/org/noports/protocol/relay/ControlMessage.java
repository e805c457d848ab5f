package org.noports.protocol.relay;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import java.util.Base64;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;

/**
 * What a client says to a device on the control channel of a session (docs/protocol/noports.md
 * 4.6). Write each message's bytes in one piece: old devices take a read for a message.
 */
public sealed interface ControlMessage {
  /** Length of an AES-256 key. */
  int KEY_BYTES = 32;

  /** Length of an initial counter block. */
  int IV_BYTES = 16;

  /** The bytes as sent, newline included. Secret for {@link Connect}: wipe after use. */
  byte[] toBytes();

  /**
   * Keys for the next connection, in the order in which connections are made. Whoever takes the
   * message out of the reader closes it.
   */
  sealed interface Connect extends ControlMessage, AutoCloseable {
    @Override
    void close();
  }

  /**
   * Key and initial counter block of one direction.
   *
   * @param key 32 bytes
   * @param iv 16 bytes
   */
  record StreamKey(Secret key, byte[] iv) implements AutoCloseable {
    public StreamKey {
      requireNonNull(key, "key is null");
      iv = iv.clone();
      if (key.length() != KEY_BYTES || iv.length != IV_BYTES) {
        throw new IllegalArgumentException("A stream key has 32 bytes and an IV of 16");
      }
    }

    @Override
    public byte[] iv() {
      return iv.clone();
    }

    @Override
    public void close() {
      key.close();
    }

    @Override
    public String toString() {
      return "StreamKey[" + key + "]";
    }
  }

  /** A key for each direction: 148 bytes. */
  record ConnectTwin(StreamKey clientToDevice, StreamKey deviceToClient) implements Connect {
    public ConnectTwin {
      requireNonNull(clientToDevice, "clientToDevice is null");
      requireNonNull(deviceToClient, "deviceToClient is null");
    }

    @Override
    public byte[] toBytes() {
      return ControlText.connect(clientToDevice, deviceToClient);
    }

    @Override
    public void close() {
      clientToDevice.close();
      deviceToClient.close();
    }
  }

  /** One key for both directions: 78 bytes; insecure. */
  record ConnectLegacy(StreamKey both) implements Connect {
    public ConnectLegacy {
      requireNonNull(both, "both is null");
    }

    @Override
    public byte[] toBytes() {
      return ControlText.connect(both);
    }

    @Override
    public void close() {
      both.close();
    }
  }

  /** A connection of a session that is not sealed. */
  record ConnectClear() implements Connect {
    @Override
    public byte[] toBytes() {
      return "connect:no:encrypt\n".getBytes(US_ASCII);
    }

    @Override
    public void close() {}
  }

  /**
   * The client lives. Send it only to devices with the feature {@code controlChannelHeartbeats}.
   *
   * @param number counts from 1
   */
  record Heartbeat(long number) implements ControlMessage {
    @Override
    public byte[] toBytes() {
      return ("heartbeat:" + number + "\n").getBytes(US_ASCII);
    }
  }

  /**
   * A message that we do not know; ignored, as every device does.
   *
   * @param verb the part before the first colon, shortened
   */
  record Unknown(String verb) implements ControlMessage {
    public Unknown {
      requireNonNull(verb, "verb is null");
    }

    @Override
    public byte[] toBytes() {
      return (verb + "\n").getBytes(US_ASCII);
    }
  }

  /** Reads one message, without its newline; the caller wipes {@code line}. */
  static ControlMessage parse(byte[] line) throws ProtocolViolation {
    return ControlText.parse(line);
  }

  /** Decodes and checks one base64 field. */
  static byte[] decode(byte[] base64, int bytes) throws ProtocolViolation {
    try {
      byte[] decoded = Base64.getDecoder().decode(base64);
      if (decoded.length == bytes) {
        return decoded;
      }
    } catch (IllegalArgumentException e) {
      // Falls through to the one error.
    }
    throw new ProtocolViolation(
        "control message: a key or IV is not base64 of " + bytes + " bytes");
  }
}
