package org.noports.relay.server;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.Test;
import org.noports.api.SessionId;
import org.noports.api.relay.RelaySide;
import org.noports.protocol.session.MessageNames;
import org.noports.protocol.session.RelayAuthMode;
import org.noports.protocol.session.RelayReply;

/** What an operator sets so that a relay can be shared, bounded and stopped. */
public class RelayCareTest {
  private static final Duration IDLE = Duration.ofSeconds(100);
  private static final Duration KEY_CHECK = Duration.ofSeconds(70);

  private final SessionId session = SessionId.random();

  @Test
  public void aRelayThatIsDrainedLeavesItsSessionsAloneAndTakesNoMore() throws Exception {
    try (RelayRig rig = new RelayRig()) {
      RelayReply reply = rig.granted(RelayRig.request(session));
      rig.relay.apply(RelayRig.config("draining", true));
      assertTrue(rig.relay.standing().draining());
      String refusal = rig.ask(RelayRig.request(SessionId.random())).value();
      assertThat(refusal, containsString("ask another relay"));
      RelayPeer.requireJoined(RelayRig.client(session, reply), RelayRig.device(session, reply));
    }
  }

  @Test
  public void ofTwoRelaysWithOneAtSignTheFirstToWriteTheMutexAnswers() throws Exception {
    try (RelayRig rig = new RelayRig("sharedAtSign", true)) {
      SessionId taken = SessionId.random();
      rig.world.store(
          RelayRig.RELAY + ":" + MessageNames.relayMutex(taken) + RelayRig.RELAY, "lock");
      rig.tell(MessageNames.relayRequest(RelayRig.DEV1), RelayRig.request(taken).toText());
      RelayReply reply = rig.granted(RelayRig.request(session));
      RelayPeer.requireJoined(RelayRig.client(session, reply), RelayRig.device(session, reply));
      assertTrue(rig.atServer().nothingSent());
      rig.relay.apply(RelayRig.config("sharedAtSign", true, "draining", true));
      rig.tell(
          MessageNames.relayRequest(RelayRig.DEV1), RelayRig.request(SessionId.random()).toText());
      // Requests are taken in turn: once this one is answered the one before it was left.
      rig.tell(MessageNames.DISCOVER_REQUEST + ".sshrvd", "{}");
      assertThat(rig.atServer().takeSent().name(), is(MessageNames.DISCOVER_RESPONSE));
      rig.relay.apply(RelayRig.config("sharedAtSign", true));
      rig.granted(RelayRig.request(SessionId.random()));
      assertTrue(rig.atServer().nothingSent());
    }
  }

  @Test
  public void aPairThatCarriesNothingIsClosedAndOneThatDoesStays() throws Exception {
    try (RelayRig rig = new RelayRig("idleSeconds", 100)) {
      RelayReply reply = rig.granted(RelayRig.request(session));
      RelayPeer idle = RelayRig.client(session, reply);
      RelayPeer idleToo = RelayRig.device(session, reply);
      RelayPeer.requireJoined(idle, idleToo);
      RelayPeer busy = RelayRig.client(session, reply);
      RelayPeer busyToo = RelayRig.device(session, reply);
      RelayPeer.requireJoined(busy, busyToo);
      rig.timer.await(IDLE, 1);
      rig.timer.advance(IDLE);
      rig.timer.await(IDLE, 1);
      RelayPeer.requireJoined(busy, busyToo);
      rig.timer.advance(IDLE);
      assertThat(idle.hearAll(), is(""));
      RelayPeer.requireJoined(busy, busyToo);
    }
  }

  @Test
  public void whoLosesAnEnrollmentLosesItsSessions() throws Exception {
    try (RelayRig rig = new RelayRig("keyCheckSeconds", 70)) {
      byte[] key = new byte[32];
      RelayReply reply =
          rig.granted(RelayRig.request(session, RelayAuthMode.ESCR, Optional.of(key)));
      RelayPeer client =
          new RelayPeer(reply.clientPort()).answer(session, RelaySide.CLIENT, RelayRig.CLIENT, key);
      RelayPeer device =
          new RelayPeer(reply.devicePort()).answer(session, RelaySide.DEVICE, RelayRig.DEVICE, key);
      assertEquals("ok", client.hearLine());
      assertEquals("ok", device.hearLine());
      RelayPeer.requireJoined(client, device);
      rig.timer.await(KEY_CHECK, 1);
      rig.timer.advance(KEY_CHECK);
      rig.timer.await(KEY_CHECK, 1);
      assertEquals(1, rig.relay.carried().size());
      rig.world.withdraw(RelayRig.CLIENT);
      rig.timer.advance(KEY_CHECK);
      assertThat(client.hearAll(), is(""));
      assertThat(rig.audited().details().get("session"), is(session.toString()));
      assertThat(rig.audited().details().get("reason"), containsString("no active key any more"));
    }
  }

  @Test
  public void anAddressMayOpenOnlySoManyConnectionsInASecond() throws Exception {
    try (RelayRig rig = new RelayRig("acceptsPerSecond", 1)) {
      byte[] key = new byte[32];
      RelayReply reply =
          rig.granted(RelayRig.request(session, RelayAuthMode.ESCR, Optional.of(key)));
      boolean refused = false;
      for (int i = 0; i < 1000 && !refused; i++) {
        try (RelayPeer peer = new RelayPeer(reply.clientPort())) {
          // A challenge is what all the others get.
          refused = peer.hearLine().isEmpty();
        }
      }
      assertTrue(refused);
    }
  }

  @Test
  public void aClientHoldsOnlySoManyPorts() throws Exception {
    try (RelayRig rig = new RelayRig("maxPortsPerClient", 3)) {
      rig.granted(RelayRig.request(session));
      assertThat(
          rig.ask(RelayRig.request(SessionId.random())).value(), containsString("holds 2 ports"));
    }
  }

  @Test
  public void whatIsCarriedTellsItsRate() throws Exception {
    try (RelayRig rig = new RelayRig()) {
      RelayReply reply = rig.granted(RelayRig.request(session));
      RelayPeer.requireJoined(RelayRig.client(session, reply), RelayRig.device(session, reply));
      ByteRate rate = new ByteRate(0);
      assertEquals(0, rate.perSecond(500, 999_999_999));
      assertEquals(250, rate.perSecond(500, 2_000_000_000L));
      assertEquals(250, rate.perSecond(900, 2_500_000_000L));
      assertEquals(500, rate.perSecond(1000, 3_000_000_000L));
      assertThat(rig.relay.carried().get(0).bytes(), greaterThan(0L));
      assertFalse(rig.relay.standing().draining());
    }
  }
}
