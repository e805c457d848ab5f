package org.noports.ssh.client;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import org.noports.api.NoPortsException;
import org.noports.api.SessionGone;
import org.noports.api.SessionRefused;
import org.noports.api.Target;
import org.noports.api.session.TunnelSession;
import org.noports.api.ssh.AuthorizedKeys;
import org.noports.api.stream.ByteStream;
import org.noports.ssh.client.agent.SessionAgents;
import org.noports.ssh.client.agent.SessionKey;

/**
 * A session's key for the device's own sshd ({@code service:ssh-key}): asked for inside the sealed
 * session, and offered to ssh by an agent's socket, never as a file. The device authorises it for
 * moments, and closes the stream that it came by when it takes it back: a key that opens nothing
 * any more is then not offered either.
 */
final class LoginKey {
  private static final Target SERVICE = new Target.Service(AuthorizedKeys.SERVICE);

  private LoginKey() {}

  /** Asks for a key and offers it until it is closed; blocks until that is done. */
  static SessionAgents.Offered offer(TunnelSession session, Path socket, SessionAgents agents)
      throws NoPortsException, InterruptedException {
    ByteStream stream = Await.result(session.connect(SERVICE));
    byte[] text = new byte[SessionKey.LONGEST_TEXT];
    try {
      int length = read(stream, text, session);
      byte[] whole = Arrays.copyOf(text, length);
      SessionKey key;
      try {
        key = SessionKey.read(whole);
      } finally {
        Arrays.fill(whole, (byte) 0);
      }
      SessionAgents.Offered offered = agents.offer(socket, key, stream.closed());
      return () -> {
        offered.close();
        stream.close();
      };
    } catch (NoPortsException | RuntimeException e) {
      stream.close();
      throw e;
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  private static int read(ByteStream stream, byte[] text, TunnelSession session)
      throws NoPortsException, InterruptedException {
    ByteBuffer buffer = ByteBuffer.wrap(text);
    try {
      while (buffer.hasRemaining() && Await.result(stream.read(buffer)) >= 0) {
        continue;
      }
    } catch (SessionGone e) {
      throw none(session, e);
    }
    if (buffer.position() == 0) {
      throw none(session, new SessionGone("the device ended the stream"));
    }
    return buffer.position();
  }

  private static SessionRefused none(TunnelSession session, SessionGone cause) {
    return new SessionRefused(
        session.facts().device()
            + " gives this session no key for its sshd ("
            + cause.getMessage()
            + "): its operator sets authorizedKeys in etc/org.noports.ssh.cfg, and its log says"
            + " more; without --session-key ssh uses keys of yours",
        cause);
  }
}
