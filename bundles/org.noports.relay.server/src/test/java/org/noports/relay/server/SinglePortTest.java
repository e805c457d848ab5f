package org.noports.relay.server;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.Optional;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.noports.api.SessionId;
import org.noports.api.health.Health;
import org.noports.api.identity.Identity;
import org.noports.api.relay.RelaySide;
import org.noports.protocol.session.MessageNames;
import org.noports.protocol.session.RelayAuthMode;
import org.noports.protocol.session.RelayDiscovery;
import org.noports.protocol.session.RelayReply;
import org.noports.protocol.session.RelayRequest;
import org.noports.testkit.Eventually;

/** Sessions that meet at the one port for all (docs/protocol/noports.md 4.4). */
public class SinglePortTest {
  private static final byte[] KEY = new byte[32];

  private final SessionId session = SessionId.random();
  private int port;
  private RelayRig rig;

  @Before
  public void startWithASinglePort() throws Exception {
    port = FreePorts.inARow(1);
    rig = new RelayRig("singlePort", port);
    requireBound();
  }

  @After
  public void stop() {
    rig.close();
  }

  private void requireBound() throws Exception {
    // The port is opened on the relay's own thread.
    Eventually.holds(this::isOpen);
  }

  private boolean isOpen() {
    try (RelayPeer probe = new RelayPeer(port)) {
      return !probe.hearLine().isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  private static RelayRequest request(SessionId session) {
    RelayRequest plain = RelayRig.request(session, RelayAuthMode.ESCR, Optional.of(KEY));
    return new RelayRequest(
        plain.sessionId(),
        plain.client(),
        plain.device(),
        true,
        true,
        plain.clientNonce(),
        plain.relayAuthMode(),
        plain.relayAuthAesKey(),
        true,
        true,
        plain.preFetch(),
        true);
  }

  private RelayPeer dial(SessionId session, RelaySide side, Identity signer) throws Exception {
    return new RelayPeer(port).answer(session, side, signer, KEY);
  }

  private static RelayPeer accepted(RelayPeer peer) throws Exception {
    assertEquals("ok", peer.hearLine());
    return peer;
  }

  @Test
  public void sessionsThatShareThePortAreToldApartByTheirAnswers() throws Exception {
    SessionId other = SessionId.random();
    RelayReply reply = rig.granted(request(session));
    assertEquals(443, reply.clientPort());
    assertEquals(443, reply.devicePort());
    rig.granted(request(other));
    RelayPeer device = accepted(dial(session, RelaySide.DEVICE, RelayRig.DEVICE));
    RelayPeer otherClient = accepted(dial(other, RelaySide.CLIENT, RelayRig.CLIENT));
    RelayPeer client = accepted(dial(session, RelaySide.CLIENT, RelayRig.CLIENT));
    RelayPeer otherDevice = accepted(dial(other, RelaySide.DEVICE, RelayRig.DEVICE));
    RelayPeer.requireJoined(client, device);
    RelayPeer.requireJoined(otherClient, otherDevice);
  }

  @Test
  public void whatFollowsTheAnswerInTheSameSegmentIsPayload() throws Exception {
    rig.granted(request(session));
    RelayPeer client = new RelayPeer(port);
    byte[] answer =
        RelayPeer.answerTo(client.hearLine(), session, RelaySide.CLIENT, RelayRig.CLIENT, KEY);
    byte[] both = Arrays.copyOf(answer, answer.length + 5);
    System.arraycopy("early".getBytes(), 0, both, answer.length, 5);
    accepted(client.say(both));
    RelayPeer device = accepted(dial(session, RelaySide.DEVICE, RelayRig.DEVICE));
    assertThat(device.hear(5), is("early"));
  }

  @Test
  public void whoIsNotTheSideItSaysOrNamesNoSessionIsToldNo() throws Exception {
    rig.granted(request(session));
    assertEquals("Socket auth failed", dial(session, RelaySide.CLIENT, RelayRig.DEVICE).hearLine());
    assertEquals(
        "Socket auth failed",
        dial(SessionId.random(), RelaySide.CLIENT, RelayRig.CLIENT).hearLine());
    SessionId pair = SessionId.random();
    rig.granted(RelayRig.request(pair, RelayAuthMode.ESCR, Optional.of(KEY)));
    assertEquals("Socket auth failed", dial(pair, RelaySide.CLIENT, RelayRig.CLIENT).hearLine());
  }

  @Test
  public void bothSidesMustAuthenticateThere() throws Exception {
    String text =
        request(session)
            .toText()
            .replace("\"authenticateSocketB\":true", "\"authenticateSocketB\":false");
    rig.tell(MessageNames.relayRequest(RelayRig.DEV1), text);
    assertThat(rig.atServer().takeSent().value(), containsString("both sides must authenticate"));
  }

  @Test
  public void whoAsksWhereTheRelayIsIsToldWhetherItHasASinglePort() throws Exception {
    String question = MessageNames.DISCOVER_REQUEST + ".sshrvd";
    rig.tell(question, "{\"items\":[\"ipaddr\",\"port\"]}");
    assertThat(rig.atServer().takeSent().value(), is("{\"ipaddr\":\"127.0.0.1\",\"port\":443}"));
    rig.relay.apply(RelayRig.config());
    rig.tell(question, "{\"items\":[\"ipaddr\",\"port\"]}");
    String answer = rig.atServer().takeSent().value();
    assertThat(answer, is("{\"ipaddr\":\"127.0.0.1\",\"port\":null}"));
    assertTrue(RelayDiscovery.parse(answer).singlePort().isEmpty());
  }

  @Test
  public void aPortThatIsTakenIsToldAndSessionsWithTwoPortsGoOn() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      RelayReply reply = rig.granted(RelayRig.request(session));
      rig.relay.apply(RelayRig.config("singlePort", taken.getLocalPort()));
      RelayPeer.requireJoined(RelayRig.client(session, reply), RelayRig.device(session, reply));
      rig.granted(RelayRig.request(SessionId.random()));
      Eventually.holds(() -> rig.relay.check().message().contains("free it, or set singlePort"));
      assertEquals(Health.Status.DEGRADED, rig.relay.check().status());
    }
  }
}
