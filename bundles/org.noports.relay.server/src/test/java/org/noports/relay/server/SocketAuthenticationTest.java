package org.noports.relay.server;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.util.Optional;
import org.junit.Test;
import org.noports.api.SessionId;
import org.noports.api.identity.Identity;
import org.noports.api.relay.RelaySide;
import org.noports.protocol.relay.EscrLine;
import org.noports.protocol.session.MessageNames;
import org.noports.protocol.session.RelayAuthMode;
import org.noports.protocol.session.RelayReply;

/** What a socket must show to be let in, and what happens to those that do not. */
public class SocketAuthenticationTest {
  private static final byte[] KEY = new byte[32];
  private static final String REFUSED = "Socket auth failed\n";

  private final SessionId session = SessionId.random();

  private RelayReply challenging(RelayRig rig) throws Exception {
    return rig.granted(RelayRig.request(session, RelayAuthMode.ESCR, Optional.of(KEY)));
  }

  private RelayReply lines(RelayRig rig) throws Exception {
    return rig.granted(RelayRig.request(session));
  }

  @Test
  public void signedLinesLetBothSidesIn() throws Exception {
    try (RelayRig rig = new RelayRig()) {
      RelayReply reply = lines(rig);
      try (RelayPeer client = RelayRig.client(session, reply);
          RelayPeer device = RelayRig.device(session, reply)) {
        RelayPeer.requireJoined(client, device);
      }
    }
  }

  @Test
  public void whatFollowsTheLineInTheSameSegmentIsPayload() throws Exception {
    try (RelayRig rig = new RelayRig()) {
      RelayReply reply = lines(rig);
      try (RelayPeer client =
              new RelayPeer(reply.clientPort())
                  .say(RelayRig.line(session, reply, RelayRig.CLIENT) + "early bytes");
          RelayPeer device = RelayRig.device(session, reply)) {
        assertThat(device.hear(11), is("early bytes"));
        RelayPeer.requireJoined(client, device);
      }
    }
  }

  @Test
  public void aLineMayComeInPieces() throws Exception {
    try (RelayRig rig = new RelayRig()) {
      RelayReply reply = lines(rig);
      try (RelayPeer client = new RelayPeer(reply.clientPort());
          RelayPeer device = RelayRig.device(session, reply)) {
        client.socket().setTcpNoDelay(true);
        for (char next : RelayRig.line(session, reply, RelayRig.CLIENT).toCharArray()) {
          client.say(String.valueOf(next));
        }
        RelayPeer.requireJoined(client, device);
      }
    }
  }

  @Test
  public void declaredChallengesComeAtOnceAndDifferForEachConnection() throws Exception {
    try (RelayRig rig = new RelayRig()) {
      RelayReply reply = challenging(rig);
      try (RelayPeer first = new RelayPeer(reply.clientPort());
          RelayPeer second = new RelayPeer(reply.clientPort());
          RelayPeer device = new RelayPeer(reply.devicePort())) {
        String challenge = first.hearLine();
        assertThat(challenge.length(), is(44));
        assertThat(second.hearLine(), not(challenge));
        first.say(RelayPeer.answerTo(challenge, session, RelaySide.CLIENT, RelayRig.CLIENT, KEY));
        device.answer(session, RelaySide.DEVICE, RelayRig.DEVICE, KEY);
        assertThat(first.hearLine(), is("ok"));
        assertThat(device.hearLine(), is("ok"));
        RelayPeer.requireJoined(first, device);
      }
    }
  }

  /** Says it at the client's port; whatever comes back until the relay hangs up. */
  private static String answerTo(RelayReply reply, String said) throws Exception {
    try (RelayPeer peer = new RelayPeer(reply.clientPort()).say(said)) {
      return peer.hearAll();
    }
  }

  @Test
  public void aLineThatProvesNothingIsHungUpOnInSilence() throws Exception {
    try (RelayRig rig = new RelayRig()) {
      RelayReply reply = lines(rig);
      String good = RelayRig.line(session, reply, RelayRig.CLIENT);
      RelayReply elsewhere = rig.granted(RelayRig.request(SessionId.random()));
      for (String bad :
          new String[] {
            RelayRig.line(session, reply, RelayRig.DEVICE),
            RelayRig.line(session, elsewhere, RelayRig.CLIENT),
            RelayRig.line(SessionId.random(), reply, RelayRig.CLIENT),
            good.replace("\"signature\":\"", "\"signature\":\"AAAA"),
            good.replace("sha256", "md5"),
            "{}\n",
            "{\"payload\":\n",
            "GET / HTTP/1.1\n",
            "\n",
            "{" + "x".repeat(5000)
          }) {
        assertThat(bad, answerTo(reply, bad), is(""));
      }
      try (RelayPeer client = new RelayPeer(reply.clientPort()).say(good);
          RelayPeer device = RelayRig.device(session, reply)) {
        RelayPeer.requireJoined(client, device);
      }
    }
  }

  @Test
  public void anAnswerThatProvesNothingIsToldSo() throws Exception {
    try (RelayRig rig = new RelayRig()) {
      RelayReply reply = challenging(rig);
      byte[] otherKey = new byte[32];
      otherKey[0] = 1;
      requireToldOff(reply, session, RelaySide.CLIENT, RelayRig.DEVICE, KEY);
      requireToldOff(reply, session, RelaySide.DEVICE, RelayRig.CLIENT, KEY);
      requireToldOff(reply, SessionId.random(), RelaySide.CLIENT, RelayRig.CLIENT, KEY);
      requireToldOff(reply, session, RelaySide.CLIENT, RelayRig.CLIENT, otherKey);
      for (String bad : new String[] {"\n", ":\n", "no colon\n", session + ":AAAA\n"}) {
        assertThat(answerTo(reply, bad).substring(45), is(REFUSED));
      }
      assertThat(answerTo(reply, "x".repeat(EscrLine.MAX_BYTES)).substring(45), is(REFUSED));
    }
  }

  private static void requireToldOff(
      RelayReply reply, SessionId session, RelaySide side, Identity signer, byte[] key)
      throws Exception {
    try (RelayPeer peer = new RelayPeer(reply.clientPort())) {
      peer.answer(session, side, signer, key);
      assertThat(peer.hearAll(), is(REFUSED));
    }
  }

  @Test
  public void anAnswerToAnotherConnectionsChallengeIsRefused() throws Exception {
    try (RelayRig rig = new RelayRig()) {
      RelayReply reply = challenging(rig);
      try (RelayPeer first = new RelayPeer(reply.clientPort());
          RelayPeer second = new RelayPeer(reply.clientPort())) {
        byte[] answer =
            RelayPeer.answerTo(first.hearLine(), session, RelaySide.CLIENT, RelayRig.CLIENT, KEY);
        second.hearLine();
        second.say(answer);
        assertThat(second.hearAll(), is(REFUSED));
        first.say(answer);
        assertThat(first.hearLine(), is("ok"));
      }
    }
  }

  @Test
  public void aSigningKeyRecordThatCannotBeReadLetsNobodyIn() throws Exception {
    try (RelayRig rig = new RelayRig()) {
      rig.world.publish(
          "_apsk.primary.a.__e", RelayRig.CLIENT.atSign(), "{\"keys\":[{\"kid\":\"1\"}]}");
      RelayReply reply = challenging(rig);
      requireToldOff(reply, session, RelaySide.CLIENT, RelayRig.CLIENT, KEY);
      // The record is mended: a look-up that led to nothing is not remembered as an answer.
      assertThat(rig.relay.carried().size(), is(1));
    }
  }

  @Test
  public void aPortHoldsOnlySoManyUnverifiedSockets() throws Exception {
    try (RelayRig rig = new RelayRig("maxPendingPerPort", 2)) {
      RelayReply reply = lines(rig);
      try (RelayPeer first = new RelayPeer(reply.clientPort());
          RelayPeer second = new RelayPeer(reply.clientPort());
          RelayPeer third = new RelayPeer(reply.clientPort())) {
        assertThat(third.hearAll(), is(""));
        String line = RelayRig.line(session, reply, RelayRig.CLIENT);
        first.say(line);
        try (RelayPeer device = RelayRig.device(session, reply)) {
          RelayPeer.requireJoined(first, device);
        }
        second.say(line);
        try (RelayPeer device = RelayRig.device(session, reply)) {
          RelayPeer.requireJoined(second, device);
        }
      }
    }
  }

  @Test
  public void withoutCiphersNobodyIsLetInAndTheSessionStays() throws Exception {
    try (RelayRig rig = new RelayRig()) {
      RelayReply reply = lines(rig);
      rig.relay.unbindCatalogue(rig.ciphers);
      assertThat(answerTo(reply, RelayRig.line(session, reply, RelayRig.CLIENT)), is(""));
      rig.relay.bindCatalogue(rig.ciphers);
      try (RelayPeer client = RelayRig.client(session, reply);
          RelayPeer device = RelayRig.device(session, reply)) {
        RelayPeer.requireJoined(client, device);
      }
    }
  }

  @Test
  public void aSideThatNeedNotAuthenticateIsLetInAsItIs() throws Exception {
    try (RelayRig rig = new RelayRig()) {
      String text = RelayRig.request(session).toText();
      rig.tell(
          MessageNames.relayRequest(RelayRig.DEV1),
          text.replace("\"authenticateSocketB\":true", "\"authenticateSocketB\":false"));
      RelayReply reply = RelayReply.parse(rig.atServer().takeSent().value());
      try (RelayPeer device = new RelayPeer(reply.devicePort()).say("banner");
          RelayPeer client = RelayRig.client(session, reply)) {
        assertThat(client.hear(6), is("banner"));
        RelayPeer.requireJoined(client, device);
      }
    }
  }
}
