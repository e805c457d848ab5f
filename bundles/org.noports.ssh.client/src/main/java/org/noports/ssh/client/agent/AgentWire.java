package org.noports.ssh.client.agent;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;

/** The agent protocol, as far as one key needs it (draft-miller-ssh-agent 4). */
final class AgentWire {
  /** OpenSSH's own bound (AGENT_MAX_LEN). */
  private static final int LONGEST = 256 * 1024;

  private static final int FAILURE = 5;
  private static final int REQUEST_IDENTITIES = 11;
  private static final int IDENTITIES_ANSWER = 12;
  private static final int SIGN_REQUEST = 13;
  private static final int SIGN_RESPONSE = 14;
  private static final int EXTENSION = 27;
  private static final String BINDING = "session-bind@openssh.com";
  private static final byte[] REMARK = "noports session".getBytes();

  private AgentWire() {}

  /** Who knows the keys of now. */
  interface Keys {
    List<SessionKey> now();
  }

  /** Answers one program until it has no more to ask. */
  static void serve(InputStream in, OutputStream out, Keys keys)
      throws IOException, GeneralSecurityException {
    DataInputStream from = new DataInputStream(in);
    DataOutputStream to = new DataOutputStream(out);
    while (true) {
      int length;
      try {
        length = from.readInt();
      } catch (EOFException done) {
        return;
      }
      if (length < 1 || length > LONGEST) {
        throw new IOException("A message of " + length + " bytes is none of an agent's");
      }
      byte[] message = from.readNBytes(length);
      if (message.length < length) {
        return;
      }
      if (isLent(ByteBuffer.wrap(message))) {
        throw new IOException("A session's key is not lent to the far side (ssh -A)");
      }
      byte[] answer = answer(ByteBuffer.wrap(message), keys);
      to.writeInt(answer.length);
      to.write(answer);
      to.flush();
    }
  }

  /**
   * Whether ssh says that the questions to come are not its own, but of the far side that it lends
   * its agent (PROTOCOL.agent 1 of OpenSSH: session identifier binding; from 8.9 on).
   */
  private static boolean isLent(ByteBuffer message) {
    if (message.get() != EXTENSION || !new String(part(message)).equals(BINDING)) {
      return false;
    }
    part(message);
    part(message);
    part(message);
    return message.hasRemaining() && message.get() != 0;
  }

  /** Anything else than asking for keys and signatures is refused, as the protocol has it. */
  private static byte[] answer(ByteBuffer message, Keys keys) throws GeneralSecurityException {
    int kind = message.get();
    if (kind == REQUEST_IDENTITIES) {
      return identities(keys.now());
    }
    return kind == SIGN_REQUEST ? signed(message, keys) : new byte[] {FAILURE};
  }

  private static byte[] identities(List<SessionKey> keys) {
    byte[] all = new byte[0];
    for (SessionKey key : keys) {
      byte[] one = joined(key.blob(), REMARK);
      int before = all.length;
      all = Arrays.copyOf(all, before + one.length);
      System.arraycopy(one, 0, all, before, one.length);
    }
    return ByteBuffer.allocate(1 + Integer.BYTES + all.length)
        .put((byte) IDENTITIES_ANSWER)
        .putInt(keys.size())
        .put(all)
        .array();
  }

  private static byte[] signed(ByteBuffer message, Keys keys) throws GeneralSecurityException {
    byte[] blob = part(message);
    byte[] data = part(message);
    for (SessionKey key : keys.now()) {
      if (Arrays.equals(key.blob(), blob)) {
        byte[] signature = key.sign(data);
        return ByteBuffer.allocate(1 + Integer.BYTES + signature.length)
            .put((byte) SIGN_RESPONSE)
            .putInt(signature.length)
            .put(signature)
            .array();
      }
    }
    return new byte[] {FAILURE};
  }

  private static byte[] part(ByteBuffer message) {
    if (message.remaining() < Integer.BYTES) {
      return new byte[0];
    }
    int length = message.getInt();
    byte[] part = new byte[Math.max(0, Math.min(length, message.remaining()))];
    message.get(part);
    return part;
  }

  /** Each with its length before it (RFC 4251 5). */
  static byte[] joined(byte[] first, byte[] second) {
    return ByteBuffer.allocate(2 * Integer.BYTES + first.length + second.length)
        .putInt(first.length)
        .put(first)
        .putInt(second.length)
        .put(second)
        .array();
  }
}
