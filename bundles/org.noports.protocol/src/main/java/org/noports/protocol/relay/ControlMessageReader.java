package org.noports.protocol.relay;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.noports.api.ProtocolViolation;

/**
 * Cuts the opened control channel into messages: at each newline, or, for clients of before 5.6.1
 * which send none, at every 77 bytes as long as no newline was ever seen (docs/protocol/noports.md
 * 4.6).
 *
 * <p>One reader for each channel, used by one thread. After an error the channel is to be closed.
 */
public final class ControlMessageReader implements AutoCloseable {
  /** Longest message: well above the 148 bytes of a connect with twin keys. */
  public static final int MAX_BYTES = 512;

  /** Length of the messages of clients that send no newline. */
  static final int OLD_MESSAGE = 77;

  private final byte[] buffer = new byte[MAX_BYTES];
  private final boolean oldClients;
  private int length;
  private boolean newlineSeen;

  /**
   * A reader for one channel.
   *
   * @param oldClients whether messages without newline are taken. Never for a session with twin
   *     keys: the first 77 bytes of its messages, in a read of their own, look like an old message.
   */
  public ControlMessageReader(boolean oldClients) {
    this.oldClients = oldClients;
  }

  /** Takes what came, all of it, and returns the messages that are now complete. */
  public List<ControlMessage> read(ByteBuffer opened) throws ProtocolViolation {
    List<ControlMessage> messages = new ArrayList<>();
    try {
      read(opened, messages);
      return messages;
    } catch (ProtocolViolation e) {
      messages.forEach(ControlMessageReader::discard);
      throw e;
    }
  }

  private void read(ByteBuffer opened, List<ControlMessage> messages) throws ProtocolViolation {
    while (opened.hasRemaining()) {
      byte next = opened.get();
      if (next == '\n') {
        newlineSeen = true;
        take(messages, 0, length);
      } else if (length == MAX_BYTES) {
        throw new ProtocolViolation(
            "control message: longer than " + MAX_BYTES + " bytes without a newline");
      } else {
        buffer[length++] = next;
      }
    }
    if (oldClients && !newlineSeen && length > 0 && length % OLD_MESSAGE == 0) {
      takeOld(messages);
    }
  }

  private static void discard(ControlMessage message) {
    if (message instanceof ControlMessage.Connect connect) {
      connect.close();
    }
  }

  private void takeOld(List<ControlMessage> messages) throws ProtocolViolation {
    int end = length;
    for (int from = 0; from < end; from += OLD_MESSAGE) {
      messages.add(parse(from, from + OLD_MESSAGE));
    }
    wipe();
  }

  private void take(List<ControlMessage> messages, int from, int to) throws ProtocolViolation {
    if (to > from) {
      messages.add(parse(from, to));
    }
    wipe();
  }

  private ControlMessage parse(int from, int to) throws ProtocolViolation {
    byte[] line = Arrays.copyOfRange(buffer, from, to);
    try {
      return ControlMessage.parse(line);
    } finally {
      Arrays.fill(line, (byte) 0);
    }
  }

  private void wipe() {
    Arrays.fill(buffer, (byte) 0);
    length = 0;
  }

  /** Overwrites what is left of an incomplete message. */
  @Override
  public void close() {
    wipe();
  }
}
