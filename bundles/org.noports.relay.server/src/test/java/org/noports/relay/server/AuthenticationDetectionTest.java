package org.noports.relay.server;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.util.Optional;
import org.junit.Test;
import org.noports.api.SessionId;
import org.noports.api.relay.RelaySide;
import org.noports.protocol.session.AuthModes;
import org.noports.protocol.session.MessageNames;
import org.noports.protocol.session.RelayAuthMode;
import org.noports.protocol.session.RelayReply;

/** A session with a key that declares no mode, as the newest clients ask for. */
public class AuthenticationDetectionTest {
  private static final byte[] KEY = new byte[32];
  private static final String REFUSED = "Socket auth failed\n";

  private final SessionId session = SessionId.random();

  private RelayReply detecting(RelayRig rig) throws Exception {
    return rig.granted(RelayRig.request(session, RelayAuthMode.PAYLOAD, Optional.of(KEY)));
  }

  @Test
  public void eachSideMayAuthenticateInItsOwnWayAndIsFoundOut() throws Exception {
    try (RelayRig rig = new RelayRig()) {
      RelayReply reply = detecting(rig);
      try (RelayPeer client = new RelayPeer(reply.clientPort())) {
        rig.timer.await(RelayRig.WINDOW, 1);
        rig.timer.advance(RelayRig.WINDOW);
        client.answer(session, RelaySide.CLIENT, RelayRig.CLIENT, KEY);
        assertThat(client.hearLine(), is("ok"));
        try (RelayPeer device = RelayRig.device(session, reply)) {
          RelayPeer.requireJoined(client, device);
        }
      }
    }
  }

  @Test
  public void aVerifiedSocketOrAnAnnouncementSparesTheNextTheWindow() throws Exception {
    try (RelayRig rig = new RelayRig()) {
      RelayReply reply = detecting(rig);
      AuthModes modes =
          new AuthModes(session, reply.rvdNonce(), RelayAuthMode.ESCR, RelayAuthMode.PAYLOAD);
      rig.tell(MessageNames.authModes(RelayRig.DEV1), modes.toText());
      // Time stands still: only a side whose mode is known gets its challenge.
      try (RelayPeer client = new RelayPeer(reply.clientPort());
          RelayPeer next = new RelayPeer(reply.clientPort())) {
        client.answer(session, RelaySide.CLIENT, RelayRig.CLIENT, KEY);
        assertThat(client.hearLine(), is("ok"));
        assertThat(next.hearLine().length(), is(44));
      }
    }
  }

  @Test
  public void announcementsOfStrangersOrWithAnotherNonceAreIgnored() throws Exception {
    try (RelayRig rig = new RelayRig()) {
      RelayReply reply = detecting(rig);
      AuthModes wrong = new AuthModes(session, "guessed", RelayAuthMode.ESCR, RelayAuthMode.ESCR);
      rig.tell(MessageNames.authModes(RelayRig.DEV1), wrong.toText());
      rig.tell(MessageNames.authModes(RelayRig.DEV1), "{");
      try (RelayPeer client = new RelayPeer(reply.clientPort())) {
        rig.timer.await(RelayRig.WINDOW, 1);
        client.say(RelayRig.line(session, reply, RelayRig.CLIENT));
        try (RelayPeer device = RelayRig.device(session, reply)) {
          RelayPeer.requireJoined(client, device);
        }
      }
    }
  }

  @Test
  public void silenceIsHungUpOnWhenItsTimeIsOver() throws Exception {
    try (RelayRig rig = new RelayRig()) {
      RelayReply reply = detecting(rig);
      try (RelayPeer silent = new RelayPeer(reply.clientPort());
          RelayPeer slow = new RelayPeer(reply.devicePort()).say("{\"payload\"")) {
        rig.timer.await(RelayRig.AUTHENTICATION, 2);
        rig.timer.advance(RelayRig.AUTHENTICATION);
        // The window was over first, so the silent one was sent a challenge; both are hung up on.
        assertThat(silent.hearAll().substring(45), is(REFUSED));
        assertThat(slow.hearAll().replace(REFUSED, ""), is(not(startsWith("ok"))));
      }
    }
  }

  @Test
  public void keysThatTheClientNamedAreThereBeforeTheSocketThatNeedsThem() throws Exception {
    try (RelayRig rig = new RelayRig()) {
      String text = RelayRig.request(session, RelayAuthMode.ESCR, Optional.of(KEY)).toText();
      rig.tell(
          MessageNames.relayRequest(RelayRig.DEV1),
          text.replace(
              "\"preFetch\":[]",
              "\"preFetch\":[\"public:_apsk.primary.a.__e@client\",\"nonsense\"]"));
      RelayReply reply = RelayReply.parse(rig.atServer().takeSent().value());
      rig.world.publish("_apsk.primary.a.__e", RelayRig.CLIENT.atSign(), "withdrawn");
      try (RelayPeer client = new RelayPeer(reply.clientPort())) {
        client.answer(session, RelaySide.CLIENT, RelayRig.CLIENT, KEY);
        assertThat(client.hearLine(), is("ok"));
      }
    }
  }
}
