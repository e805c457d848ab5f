package org.noports.relay.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.noports.api.HostPort;
import org.noports.api.Secret;
import org.noports.api.SessionId;
import org.noports.api.relay.RelayCredential;
import org.noports.api.relay.RelaySide;
import org.noports.api.stream.ByteStream;
import org.noports.protocol.relay.SigningKeyUri;
import org.noports.protocol.session.RelayAuthMode;
import org.noports.protocol.session.RelayReply;
import org.noports.protocol.session.RelayRequest;
import org.noports.relay.client.StartedDialer;
import org.noports.testkit.Eventually;
import org.noports.testkit.Stages;
import org.noports.testkit.fakes.RealKeys;
import org.noports.testkit.relay.DelayingForwarder;

/** A real relay's single port, as clients and devices measure the way to it and then take it. */
public class MeasuredRelayTest {
  private static final byte[] KEY = new byte[32];
  private static final Duration FAR = Duration.ofMillis(300);

  private final SessionId session = SessionId.random();
  private int port;
  private RelayRig rig;
  private StartedDialer dialer;

  @Before
  public void startWithASinglePort() throws Exception {
    port = FreePorts.inARow(1);
    rig = new RelayRig("singlePort", port, "singlePortAdvertised", port);
    dialer = StartedDialer.tcp(rig.ciphers);
    Eventually.holds(this::isOpen);
  }

  @After
  public void stop() {
    dialer.close();
    rig.close();
  }

  private boolean isOpen() {
    try (RelayPeer probe = new RelayPeer(port)) {
      return !probe.hearLine().isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  private Duration away(int at) {
    return Stages.value(dialer.transport().roundTrip(new HostPort("127.0.0.1", at)));
  }

  @Test
  public void aRelayThatIsFarAwayIsMeasuredAsFarThoughItsForwarderIsNear() throws Exception {
    try (DelayingForwarder forwarder = DelayingForwarder.before(port, FAR)) {
      Duration far = away(forwarder.port());
      assertThat(far, greaterThan(FAR.dividedBy(2)));
      assertThat(away(port), lessThan(far));
    }
  }

  @Test
  public void measuringHoldsNoPlaceAtThePort() throws Exception {
    for (int i = 0; i < 70; i++) {
      away(port);
    }
    assertThat(isOpen(), is(true));
  }

  @Test
  public void bothSidesOfASessionThatAskedForThePortMeetThere() throws Exception {
    RelayReply reply =
        rig.granted(
            RelayRequest.parse(
                RelayRig.request(session, RelayAuthMode.ESCR, Optional.of(KEY))
                    .toText()
                    .replace("\"only443\":false", "\"only443\":true")));
    assertThat(reply.clientPort(), is(port));
    ByteStream client = dial(reply.clientPort(), RelaySide.CLIENT, RelayRig.CLIENT);
    ByteStream device = dial(reply.devicePort(), RelaySide.DEVICE, RelayRig.DEVICE);
    Stages.value(client.write(ByteBuffer.wrap("hello".getBytes(ISO_8859_1))));
    ByteBuffer heard = ByteBuffer.allocate(5);
    while (heard.hasRemaining()) {
      assertThat(Stages.value(device.read(heard)) > 0, is(true));
    }
    assertThat(new String(heard.array(), ISO_8859_1), is("hello"));
    client.close();
    device.close();
  }

  private ByteStream dial(int at, RelaySide side, RealKeys signer) {
    return Stages.value(
        dialer
            .transport()
            .dial(
                new HostPort("127.0.0.1", at),
                new RelayCredential.ChallengeResponse(
                    session,
                    side,
                    Secret.copyOf(KEY),
                    signer,
                    SigningKeyUri.of(signer.enrollmentId(), signer.atSign()).toString())));
  }
}
