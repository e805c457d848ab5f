package org.noports.relay.server;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.Test;
import org.noports.api.AtServerUnavailable;
import org.noports.api.AtSign;
import org.noports.api.EnrollmentEnded;
import org.noports.api.SessionId;
import org.noports.api.atserver.OutgoingNotification;
import org.noports.api.audit.AuditEvent;
import org.noports.api.health.Health;
import org.noports.api.relay.RelaySessions.Carried;
import org.noports.protocol.session.MessageNames;
import org.noports.protocol.session.RelayAuthMode;
import org.noports.protocol.session.RelayReply;
import org.noports.protocol.session.RelayRequest;

public class RelayRequestsTest {
  private final SessionId session = SessionId.random();

  @Test
  public void aRequestIsAnsweredWithTwoPortsInTheFormTheClientAskedFor() throws Exception {
    try (RelayRig rig = new RelayRig()) {
      OutgoingNotification json = rig.ask(RelayRig.request(session));
      assertThat(json.to(), is(RelayRig.CLIENT.atSign()));
      assertThat(json.name(), is(session + ".sshrvd"));
      assertThat(json.value(), startsWith("{\"address\":\"127.0.0.1\",\"portA\":"));
      assertThat(RelayReply.parse(json.value()).autoDetectsRelayAuth(), is(true));

      SessionId other = SessionId.random();
      String csv = rig.ask(older(other)).value();
      assertThat(csv.split(",").length, is(4));
      assertThat(csv, startsWith("127.0.0.1,"));
    }
  }

  /** What clients of the first generation send: neither JSON nor refusals are known. */
  private static RelayRequest older(SessionId id) {
    RelayRequest newer = RelayRig.request(id);
    return new RelayRequest(
        id,
        newer.client(),
        newer.device(),
        true,
        true,
        newer.clientNonce(),
        RelayAuthMode.PAYLOAD,
        Optional.empty(),
        false,
        false,
        List.of(),
        false);
  }

  @Test
  public void aRequestThatComesTooLateIsDroppedWithAWord() throws Exception {
    try (RelayRig rig = new RelayRig()) {
      rig.atServer()
          .deliver(
              RelayRig.CLIENT.atSign(),
              MessageNames.relayRequest(RelayRig.DEV1),
              RelayRig.request(session).toText(),
              Duration.ofSeconds(45));
      AuditEvent refused = rig.audited();
      assertThat(refused.details().get("reason"), containsString("45 s after it was sent"));
      assertThat(rig.atServer().nothingSent(), is(true));
      assertThat(rig.relay.carried(), is(empty()));
    }
  }

  @Test
  public void whatIsCarriedAndAuditedNamesTheSession() throws Exception {
    try (RelayRig rig = new RelayRig()) {
      RelayReply reply = rig.granted(RelayRig.request(session));
      Carried carried = rig.relay.carried().get(0);
      assertThat(carried.id(), is(session));
      assertThat(carried.clientPort(), is(reply.clientPort()));
      assertThat(carried.devicePort(), is(reply.devicePort()));
      AuditEvent opened = rig.audited();
      assertThat(opened.event(), is("relay-session-opened"));
      assertThat(opened.details().get("client"), is("@client"));
      assertThat(opened.details().get("relay"), is("@relay"));
    }
  }

  @Test
  public void sessionsEndWithTheEnrollmentOfTheRelaysAtSign() throws Exception {
    try (RelayRig rig = new RelayRig()) {
      rig.granted(RelayRig.request(session));
      rig.audited();
      rig.relay.ended(AtSign.of("@somebody"), new EnrollmentEnded("not ours"));
      assertThat(rig.relay.carried(), hasSize(1));
      rig.relay.ended(AtSign.of("@relay"), new EnrollmentEnded("revoked for @relay"));
      AuditEvent ended = rig.audited();
      assertThat(ended.event(), is("relay-session-ended"));
      assertThat(ended.details().get("reason"), is("revoked for @relay"));
      rig.atServer().awaitSubscriber();
      rig.granted(RelayRig.request(SessionId.random()));
    }
  }

  private void requireRefusal(RelayRig rig, RelayRequest request, String reason) throws Exception {
    OutgoingNotification refusal = rig.ask(request);
    assertThat(refusal.name(), is("nack." + request.sessionId() + ".sshrvd"));
    assertThat(refusal.value(), containsString(reason));
    AuditEvent audited = rig.audited();
    while (!audited.event().equals("relay-session-refused")) {
      audited = rig.audited();
    }
    assertThat(audited.details().get("reason"), is(refusal.value()));
  }

  @Test
  public void aRequestInAnothersNameIsRefused() throws Exception {
    try (RelayRig rig = new RelayRig()) {
      rig.atServer()
          .deliver(
              AtSign.of("@mallory"),
              MessageNames.relayRequest(RelayRig.DEV1),
              RelayRig.request(session).toText());
      OutgoingNotification refusal = rig.atServer().takeSent();
      assertThat(refusal.to(), is(AtSign.of("@mallory")));
      assertThat(refusal.value(), containsString("came from @mallory but names @client"));
      assertThat(rig.relay.carried(), is(empty()));
    }
  }

  @Test
  public void aLiveSessionIsNotHandedOutTwice() throws Exception {
    try (RelayRig rig = new RelayRig()) {
      rig.granted(RelayRig.request(session));
      requireRefusal(rig, RelayRig.request(session), "is live already");
      assertThat(rig.relay.carried(), hasSize(1));
    }
  }

  @Test
  public void onlyListedClientsAreServed() throws Exception {
    try (RelayRig rig = new RelayRig("clients", "@somebody, @else")) {
      requireRefusal(rig, RelayRig.request(session), "@relay does not serve @client");
    }
    try (RelayRig rig = new RelayRig("clients", "@somebody,@client")) {
      rig.granted(RelayRig.request(session));
    }
  }

  @Test
  public void limitsHoldAcrossAllSessionsAndForEachClient() throws Exception {
    try (RelayRig rig = new RelayRig("maxSessions", 1)) {
      rig.granted(RelayRig.request(session));
      requireRefusal(rig, RelayRig.request(SessionId.random()), "as many sessions as it may");
    }
    try (RelayRig rig = new RelayRig("maxSessionsPerClient", 2)) {
      rig.granted(RelayRig.request(session));
      rig.granted(RelayRig.request(SessionId.random()));
      requireRefusal(rig, RelayRig.request(SessionId.random()), "carries 2 sessions of @client");
    }
  }

  @Test
  public void whoIsAtTheLimitLosesTheOldestSessionThatNobodyCameTo() throws Exception {
    try (RelayRig rig = new RelayRig("maxSessionsPerClient", 2)) {
      rig.granted(RelayRig.request(session));
      SessionId used = SessionId.random();
      RelayReply reply = rig.granted(RelayRig.request(used));
      try (RelayPeer client = RelayRig.client(used, reply)) {
        rig.timer.await(RelayRig.RENDEZVOUS, 3);
        requireRefusal(rig, RelayRig.request(SessionId.random()), "carries 2 sessions of @client");
        rig.timer.advance(RelayRig.RENDEZVOUS.dividedBy(3));
        SessionId next = SessionId.random();
        rig.granted(RelayRig.request(next));
        assertThat(
            rig.relay.carried().stream().map(Carried::id).toList(), containsInAnyOrder(used, next));
        requireRefusal(rig, RelayRig.request(SessionId.random()), "carries 2 sessions of @client");
      }
    }
  }

  @Test
  public void port443IsRefusedInTheReferencesWords() throws Exception {
    try (RelayRig rig = new RelayRig()) {
      String text = RelayRig.request(session).toText();
      rig.tell(
          MessageNames.relayRequest(RelayRig.DEV1),
          text.replace("\"only443\":false", "\"only443\":true"));
      assertThat(
          rig.atServer().takeSent().value(),
          is("Client requested port 443 but this relay is not bound to port 443"));
    }
  }

  @Test
  public void challengesWithoutAUsableKeyAreRefusedAndTheKeyIsNotShown() throws Exception {
    try (RelayRig rig = new RelayRig()) {
      requireRefusal(
          rig,
          RelayRig.request(session, RelayAuthMode.ESCR, Optional.empty()),
          "without its relayAuthAesKey");
      requireRefusal(
          rig,
          RelayRig.request(session, RelayAuthMode.ESCR, Optional.of(new byte[31])),
          "is not the base64 of 32 bytes");
    }
  }

  @Test
  public void aSideWithoutAPublicKeyIsRefusedAndHoldsNoPorts() throws Exception {
    try (RelayRig rig = new RelayRig()) {
      String text = RelayRig.request(session).toText();
      rig.tell(
          MessageNames.relayRequest(RelayRig.DEV1),
          text.replace("\"atSignB\":\"@device\"", "\"atSignB\":\"@nobody\""));
      assertThat(rig.atServer().takeSent().value(), containsString("the public key of @nobody"));
      assertThat(rig.relay.carried(), is(empty()));
      rig.granted(RelayRig.request(session));
    }
  }

  @Test
  public void whatCannotBeReadIsAuditedAndTheNextRequestIsServed() throws Exception {
    try (RelayRig rig = new RelayRig()) {
      String name = MessageNames.relayRequest(RelayRig.DEV1);
      for (String bad : List.of("{", session.toString(), "{\"sessionId\":\"x\"}", "")) {
        rig.tell(name, bad);
        assertThat(rig.audited().details().get("session"), is("unreadable"));
      }
      // The oldest form, under its own name, is ignored as newer relays do.
      rig.tell("dev1.sshrvd", session.toString());
      rig.tell("sshrvd", session.toString());
      rig.tell("logging." + session + ".sessions.sshrvd", "{}");
      assertThat(rig.granted(RelayRig.request(session)).clientPort(), is(not(0)));
      assertThat(rig.atServer().nothingSent(), is(true));
    }
  }

  @Test
  public void clientsThatKnowNoRefusalsAreNotAnswered() throws Exception {
    try (RelayRig rig = new RelayRig("clients", "@somebody")) {
      rig.tell(MessageNames.relayRequest(RelayRig.DEV1), older(session).toText());
      assertThat(rig.audited().event(), is("relay-session-refused"));
      assertThat(rig.atServer().nothingSent(), is(true));
    }
  }

  @Test
  public void portsComeFromTheConfiguredRangeUntilItIsUsedUp() throws Exception {
    int first = FreePorts.inARow(2);
    try (RelayRig rig = new RelayRig("portRange", first + "-" + (first + 1))) {
      RelayReply reply = rig.granted(RelayRig.request(session));
      assertThat(
          List.of(
              Math.min(reply.clientPort(), reply.devicePort()),
              Math.max(reply.clientPort(), reply.devicePort())),
          equalTo(List.of(first, first + 1)));
      requireRefusal(rig, RelayRig.request(SessionId.random()), "no free port");
      assertThat(rig.relay.carried(), hasSize(1));
    }
  }

  @Test
  public void anAnswerThatCannotBeSentGivesThePortsBack() throws Exception {
    try (RelayRig rig = new RelayRig()) {
      rig.atServer().loseConnection();
      rig.tell(MessageNames.relayRequest(RelayRig.DEV1), RelayRig.request(session).toText());
      AuditEvent opened = rig.audited();
      AuditEvent ended = rig.audited();
      assertThat(ended.event(), is("relay-session-ended"));
      assertThat(ended.details().get("reason"), containsString("could not be answered"));
      RelayRig.requireFree(Integer.parseInt(opened.details().get("clientPort")));
      assertThat(rig.relay.check().status(), is(Health.Status.DEGRADED));
    }
  }

  @Test
  public void aRelayWhoseAtServerIsGoneTriesAgainAndSaysSo() throws Exception {
    try (RelayRig rig = new RelayRig()) {
      rig.granted(RelayRig.request(session));
      rig.relay.unbindAtServers(rig.world);
      rig.world.refuse(Optional.of(new AtServerUnavailable("The atServer is asleep")));
      rig.relay.bindAtServers(rig.world);
      rig.timer.await(java.time.Duration.ofSeconds(1), 1);
      assertThat(rig.relay.check().message(), containsString("The atServer is asleep"));
      assertThat(rig.relay.check().message(), containsString("carries 1 sessions"));
      assertThat(rig.atServer().subscribers(), is(0));

      rig.world.refuse(Optional.empty());
      rig.timer.advance(java.time.Duration.ofSeconds(1));
      rig.atServer().awaitSubscriber();
      assertThat(rig.relay.check().status(), is(Health.Status.OK));
      rig.granted(RelayRig.request(SessionId.random()));
    }
  }
}
