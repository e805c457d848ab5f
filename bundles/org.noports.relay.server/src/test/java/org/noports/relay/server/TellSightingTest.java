package org.noports.relay.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.Test;
import org.noports.api.HostPort;
import org.noports.api.RelayUnavailable;
import org.noports.api.Secret;
import org.noports.api.SessionId;
import org.noports.api.cipher.SignatureAlgorithm;
import org.noports.api.relay.OtherSide;
import org.noports.api.relay.RelayCredential;
import org.noports.api.relay.RelaySide;
import org.noports.api.stream.ByteStream;
import org.noports.protocol.relay.Sighting;
import org.noports.protocol.relay.SigningKeyUri;
import org.noports.protocol.session.MessageNames;
import org.noports.protocol.session.RelayAuthMode;
import org.noports.protocol.session.RelayReply;
import org.noports.protocol.session.RelayRequest;
import org.noports.protocol.session.SignedEnvelope;
import org.noports.relay.client.StartedDialer;
import org.noports.testkit.Stages;
import org.noports.testkit.fakes.FakeIdentities;
import org.noports.testkit.fakes.JdkCiphers;
import org.noports.testkit.fakes.RealKeys;

/** A device that asks is told where its client is, before anything passes; nobody else notices. */
public class TellSightingTest {
  private static final byte[] KEY = new byte[32];
  private static final RealKeys RELAY = RealKeys.of(RelayRig.RELAY);

  private final SessionId session = SessionId.random();

  /** A device that asks, and is content when the test says so. */
  static final class Curious implements OtherSide {
    final BlockingQueue<String> words = new LinkedBlockingQueue<>();
    final CompletableFuture<Void> content = new CompletableFuture<>();

    @Override
    public String nonce() {
      return "asked-once";
    }

    @Override
    public CompletionStage<Void> untold() {
      words.add("untold");
      return content;
    }

    @Override
    public CompletionStage<Void> told(String word) {
      words.add(word);
      return content;
    }

    String word() throws Exception {
      return String.valueOf(words.poll(60, TimeUnit.SECONDS));
    }
  }

  private RelayRig telling(Object... settings) throws Exception {
    RelayRig rig = new RelayRig(settings);
    rig.relay.bindIdentities(new FakeIdentities().with(RELAY));
    return rig;
  }

  private RelayReply granted(RelayRig rig) throws Exception {
    return rig.granted(RelayRig.request(session, RelayAuthMode.ESCR, Optional.of(KEY)));
  }

  private RelayCredential asking(OtherSide other) {
    RealKeys signer = RelayRig.DEVICE;
    return new RelayCredential.ChallengeResponse(
        session,
        RelaySide.DEVICE,
        Secret.copyOf(KEY),
        signer,
        SigningKeyUri.of(signer.enrollmentId(), signer.atSign()).toString(),
        Optional.of(other));
  }

  private CompletionStage<ByteStream> dial(StartedDialer dialer, int port, OtherSide other) {
    return dialer.transport().dial(new HostPort("127.0.0.1", port), asking(other));
  }

  private RelayPeer client(int port) throws Exception {
    RelayPeer peer = new RelayPeer(port);
    peer.answer(session, RelaySide.CLIENT, RelayRig.CLIENT, KEY);
    assertThat("clients hear what they always heard", peer.hearLine(), is("ok"));
    return peer;
  }

  private static void requireGenuine(String word) throws Exception {
    SignedEnvelope envelope = SignedEnvelope.parse(word);
    assertThat(
        new JdkCiphers()
            .signature(SignatureAlgorithm.RSA_2048_SHA_256)
            .verifies(
                RELAY.encryptionPublicKey(), envelope.signedBytes(), envelope.signatureBytes()),
        is(true));
  }

  private void requireSeen(String word, Optional<InetAddress> from) throws Exception {
    requireGenuine(word);
    assertThat(
        Sighting.of(SignedEnvelope.parse(word)),
        is(new Sighting(RelayRig.RELAY, session, RelayRig.CLIENT.atSign(), "asked-once", from)));
  }

  private static String read(ByteStream stream, int bytes) {
    ByteBuffer buffer = ByteBuffer.allocate(bytes);
    while (buffer.hasRemaining() && Stages.value(stream.read(buffer)) >= 0) {
      // On to the next piece.
    }
    return new String(buffer.array(), 0, buffer.position(), ISO_8859_1);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(ISO_8859_1));
  }

  @Test
  public void nothingPassesEitherWayBeforeTheDeviceIsContent() throws Exception {
    Curious curious = new Curious();
    try (RelayRig rig = telling();
        StartedDialer dialer = StartedDialer.tcp(rig.ciphers)) {
      RelayReply reply = granted(rig);
      ByteStream device = Stages.value(dial(dialer, reply.devicePort(), curious));
      CompletionStage<Void> written = device.write(bytes("from the device"));
      try (RelayPeer client = client(reply.clientPort())) {
        client.say("from the client");
        requireSeen(curious.word(), Optional.of(InetAddress.getByName("127.0.0.1")));
        CompletionStage<Integer> reading = device.read(ByteBuffer.allocate(15));
        assertThat(client.socket().getInputStream().available(), is(0));
        assertThat(written.toCompletableFuture().isDone(), is(false));
        assertThat(reading.toCompletableFuture().isDone(), is(false));
        curious.content.complete(null);
        assertThat(client.hear(15), is("from the device"));
        Stages.value(written);
        assertThat(Stages.value(reading), is(15));
        client.say("more");
        assertThat(read(device, 4), is("more"));
        client.endOutput();
        assertThat(Stages.value(device.read(ByteBuffer.allocate(1))), is(-1));
      }
    }
  }

  @Test
  public void aDeviceThatIsNotContentHangsUpAndNothingHasPassed() throws Exception {
    Curious curious = new Curious();
    try (RelayRig rig = telling();
        StartedDialer dialer = StartedDialer.tcp(rig.ciphers)) {
      RelayReply reply = granted(rig);
      ByteStream device = Stages.value(dial(dialer, reply.devicePort(), curious));
      CompletionStage<Void> written = device.write(bytes("secret"));
      try (RelayPeer client = client(reply.clientPort())) {
        curious.word();
        curious.content.completeExceptionally(new IllegalStateException("not from there"));
        assertThat(client.hearAll(), is(""));
        Stages.failure(Exception.class, written);
      }
    }
  }

  @Test
  public void eachPairIsToldOfItsOwnClient() throws Exception {
    try (RelayRig rig = telling();
        StartedDialer dialer = StartedDialer.tcp(rig.ciphers)) {
      RelayReply reply = granted(rig);
      for (int i = 0; i < 3; i++) {
        Curious curious = new Curious();
        curious.content.complete(null);
        try (RelayPeer client = client(reply.clientPort())) {
          ByteStream device = Stages.value(dial(dialer, reply.devicePort(), curious));
          requireSeen(curious.word(), Optional.of(InetAddress.getByName("127.0.0.1")));
          client.say("pair " + i);
          assertThat(read(device, 6), is("pair " + i));
          device.close();
        }
      }
    }
  }

  @Test
  public void aSocketThatNeedNotProveItselfHasNoAddress() throws Exception {
    Curious curious = new Curious();
    curious.content.complete(null);
    try (RelayRig rig = telling();
        StartedDialer dialer = StartedDialer.tcp(rig.ciphers)) {
      RelayRequest request = RelayRig.request(session, RelayAuthMode.ESCR, Optional.of(KEY));
      rig.tell(
          MessageNames.relayRequest(RelayRig.DEV1),
          request
              .toText()
              .replace("\"authenticateSocketA\":true", "\"authenticateSocketA\":false"));
      RelayReply reply = RelayReply.parse(rig.atServer().takeSent().value());
      try (RelayPeer client = new RelayPeer(reply.clientPort())) {
        Stages.value(dial(dialer, reply.devicePort(), curious));
        requireSeen(curious.word(), Optional.empty());
        client.close();
      }
    }
  }

  @Test
  public void aRelayThatMayNotTellOrHasNoKeySaysSoByItsVerdict() throws Exception {
    for (RelayRig rig : new RelayRig[] {telling("tellAddresses", false), new RelayRig()}) {
      Curious curious = new Curious();
      try (rig;
          StartedDialer dialer = StartedDialer.tcp(rig.ciphers)) {
        RelayReply reply = granted(rig);
        CompletionStage<ByteStream> dialling = dial(dialer, reply.devicePort(), curious);
        assertThat(curious.word(), is("untold"));
        assertThat(dialling.toCompletableFuture().isDone(), is(false));
        curious.content.complete(null);
        ByteStream device = Stages.value(dialling);
        try (RelayPeer client = client(reply.clientPort())) {
          client.say("plain");
          assertThat(read(device, 5), is("plain"));
        }
      }
    }
  }

  @Test
  public void whoDoesNotGoOnUntoldGetsNoStream() throws Exception {
    Curious curious = new Curious();
    curious.content.completeExceptionally(new RelayUnavailable("not without knowing"));
    try (RelayRig rig = new RelayRig();
        StartedDialer dialer = StartedDialer.tcp(rig.ciphers)) {
      RelayReply reply = granted(rig);
      RelayUnavailable why =
          Stages.failure(RelayUnavailable.class, dial(dialer, reply.devicePort(), curious));
      assertThat(why.getMessage(), startsWith("not without"));
    }
  }

  @Test
  public void theSinglePortTellsAsWell() throws Exception {
    Curious curious = new Curious();
    curious.content.complete(null);
    int port = FreePorts.inARow(1);
    try (RelayRig rig = telling("singlePort", port, "singlePortAdvertised", port);
        StartedDialer dialer = StartedDialer.tcp(rig.ciphers)) {
      String request =
          RelayRig.request(session, RelayAuthMode.ESCR, Optional.of(KEY))
              .toText()
              .replace("\"only443\":false", "\"only443\":true");
      rig.tell(MessageNames.relayRequest(RelayRig.DEV1), request);
      rig.atServer().takeSent();
      ByteStream device = Stages.value(dial(dialer, port, curious));
      try (RelayPeer client = client(port)) {
        client.say("by one port");
        requireSeen(curious.word(), Optional.of(InetAddress.getByName("127.0.0.1")));
        assertThat(read(device, 11), is("by one port"));
      }
    }
  }

  @Test
  public void aClientThatAsksIsToldNothing() throws Exception {
    Curious curious = new Curious();
    curious.content.complete(null);
    try (RelayRig rig = telling();
        StartedDialer dialer = StartedDialer.tcp(rig.ciphers)) {
      RelayReply reply = granted(rig);
      RealKeys signer = RelayRig.CLIENT;
      RelayCredential nosy =
          new RelayCredential.ChallengeResponse(
              session,
              RelaySide.CLIENT,
              Secret.copyOf(KEY),
              signer,
              SigningKeyUri.of(signer.enrollmentId(), signer.atSign()).toString(),
              Optional.of(curious));
      Stages.value(dialer.transport().dial(new HostPort("127.0.0.1", reply.clientPort()), nosy));
      assertThat(curious.word(), is("untold"));
    }
  }
}
