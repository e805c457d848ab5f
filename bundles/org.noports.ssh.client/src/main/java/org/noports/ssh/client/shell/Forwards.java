package org.noports.ssh.client.shell;

import java.io.IOException;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.noports.api.LocalAddressUnavailable;
import org.noports.api.NoPortsException;
import org.noports.api.SessionRefused;
import org.noports.ssh.client.login.Talk;
import org.noports.ssh.client.words.PortForward;
import org.noports.ssh.client.words.SshRequest;

/** Begins what goes through beside a shell; it ends with the connection. */
final class Forwards {
  private final ClientSession session;
  private final SshRequest asked;
  private final Talk talk;

  Forwards(ClientSession session, SshRequest asked, Talk talk) {
    this.session = session;
    this.asked = asked;
    this.talk = talk;
  }

  /** Begins all; one that cannot be is a warning, or the end if that was asked for. */
  void begin() throws NoPortsException {
    for (PortForward forward : asked.forwards()) {
      try {
        begin(forward);
      } catch (IOException | RuntimeException e) {
        NoPortsException failed = named(forward, e);
        if (asked.strictForwards()) {
          throw failed;
        }
        talk.warn(failed.getMessage());
      }
    }
  }

  private void begin(PortForward forward) throws IOException {
    SshdSocketAddress listen = new SshdSocketAddress(address(forward), forward.port());
    SshdSocketAddress to = new SshdSocketAddress(forward.host(), forward.hostPort());
    SshdSocketAddress at =
        switch (forward.kind()) {
          case LOCAL -> session.startLocalPortForwarding(listen, to);
          case DYNAMIC -> session.startDynamicPortForwarding(listen);
          case REMOTE -> session.startRemotePortForwarding(listen, to);
        };
    if (forward.kind() == PortForward.Kind.REMOTE && forward.port() == 0) {
      talk.say("Allocated port " + at.getPort() + " for remote forward to " + to);
    } else {
      talk.step(forward.kind() + " forward at " + at);
    }
  }

  private String address(PortForward forward) {
    boolean there = forward.kind() == PortForward.Kind.REMOTE;
    String every = there ? "" : "0.0.0.0";
    String usual = !there && asked.everywhere() ? every : "localhost";
    return forward.bind().map(address -> address.isEmpty() ? every : address).orElse(usual);
  }

  private static NoPortsException named(PortForward forward, Exception cause) {
    String place = (forward.bind().orElse("localhost")) + ":" + forward.port();
    return forward.kind() == PortForward.Kind.REMOTE
        ? new SessionRefused(
            "The SSH server does not listen at " + place + " for us: " + cause.getMessage(), cause)
        : new LocalAddressUnavailable(
            "Nothing can listen at " + place + " here: " + cause.getMessage(), cause);
  }
}
