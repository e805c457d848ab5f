package org.noports.relay.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.Test;
import org.noports.api.HostPort;
import org.noports.api.RelayUnavailable;
import org.noports.api.Secret;
import org.noports.api.SessionId;
import org.noports.api.relay.RelayCredential;
import org.noports.api.relay.RelaySide;
import org.noports.api.stream.ByteStream;
import org.noports.protocol.relay.RelayLine;
import org.noports.protocol.relay.SigningKeyUri;
import org.noports.protocol.session.RelayAuthMode;
import org.noports.protocol.session.RelayReply;
import org.noports.relay.client.StartedDialer;
import org.noports.testkit.Stages;
import org.noports.testkit.fakes.RealKeys;

/** The relay and the transport that dials it, with nothing between them but loopback. */
public class DialledRelayTest {
  private static final byte[] KEY = new byte[32];

  private final SessionId session = SessionId.random();

  private RelayCredential line(RelayReply reply, RealKeys signer) {
    RelayLine line = new RelayLine(session, RelayRig.CLIENT_NONCE, reply.rvdNonce());
    return new RelayCredential.SignedLine(line.sign(signer::signAsEncryption));
  }

  private RelayCredential answer(RelaySide side, RealKeys signer) {
    return new RelayCredential.ChallengeResponse(
        session,
        side,
        Secret.copyOf(KEY),
        signer,
        SigningKeyUri.of(signer.enrollmentId(), signer.atSign()).toString());
  }

  private static CompletionStage<ByteStream> dial(
      StartedDialer dialer, int port, RelayCredential credential) {
    return dialer.transport().dial(new HostPort("127.0.0.1", port), credential);
  }

  private static void requireCarried(ByteStream from, ByteStream to) {
    Stages.value(from.write(ByteBuffer.wrap("payload".getBytes(ISO_8859_1))));
    ByteBuffer read = ByteBuffer.allocate(7);
    while (read.hasRemaining()) {
      assertThat(Stages.value(to.read(read)) > 0, is(true));
    }
    assertThat(new String(read.array(), ISO_8859_1), is("payload"));
  }

  private static void requireJoined(ByteStream client, ByteStream device) {
    requireCarried(client, device);
    requireCarried(device, client);
    Stages.value(client.endOutput());
    assertThat(Stages.value(device.read(ByteBuffer.allocate(1))), is(-1));
    requireCarried(device, client);
    device.close();
    assertThat(Stages.value(client.read(ByteBuffer.allocate(1))), is(-1));
    client.close();
  }

  @Test
  public void signedLinesMeet() throws Exception {
    try (RelayRig rig = new RelayRig();
        StartedDialer dialer = StartedDialer.tcp(rig.ciphers)) {
      RelayReply reply = rig.granted(RelayRig.request(session));
      ByteStream client =
          Stages.value(dial(dialer, reply.clientPort(), line(reply, RelayRig.CLIENT)));
      ByteStream device =
          Stages.value(dial(dialer, reply.devicePort(), line(reply, RelayRig.DEVICE)));
      requireJoined(client, device);
    }
  }

  @Test
  public void answersToChallengesMeet() throws Exception {
    try (RelayRig rig = new RelayRig();
        StartedDialer dialer = StartedDialer.tcp(rig.ciphers)) {
      RelayReply reply =
          rig.granted(RelayRig.request(session, RelayAuthMode.ESCR, Optional.of(KEY)));
      CompletionStage<ByteStream> client =
          dial(dialer, reply.clientPort(), answer(RelaySide.CLIENT, RelayRig.CLIENT));
      CompletionStage<ByteStream> device =
          dial(dialer, reply.devicePort(), answer(RelaySide.DEVICE, RelayRig.DEVICE));
      requireJoined(Stages.value(client), Stages.value(device));
    }
  }

  @Test
  public void aLineAndAnAnswerMeetAtARelayThatFindsOut() throws Exception {
    try (RelayRig rig = new RelayRig();
        StartedDialer dialer = StartedDialer.tcp(rig.ciphers)) {
      RelayReply reply =
          rig.granted(RelayRig.request(session, RelayAuthMode.PAYLOAD, Optional.of(KEY)));
      CompletionStage<ByteStream> client =
          dial(dialer, reply.clientPort(), answer(RelaySide.CLIENT, RelayRig.CLIENT));
      rig.timer.await(RelayRig.WINDOW, 1);
      rig.timer.advance(RelayRig.WINDOW);
      ByteStream device =
          Stages.value(dial(dialer, reply.devicePort(), line(reply, RelayRig.DEVICE)));
      requireJoined(Stages.value(client), device);
    }
  }

  @Test
  public void whoeverIsNotTheClientIsToldSo() throws Exception {
    try (RelayRig rig = new RelayRig();
        StartedDialer dialer = StartedDialer.tcp(rig.ciphers)) {
      RelayReply reply =
          rig.granted(RelayRig.request(session, RelayAuthMode.ESCR, Optional.of(KEY)));
      RelayUnavailable failure =
          Stages.failure(
              RelayUnavailable.class,
              dial(dialer, reply.clientPort(), answer(RelaySide.CLIENT, RelayRig.DEVICE)));
      assertThat(failure.getMessage(), containsString("Socket auth failed"));
    }
  }
}
