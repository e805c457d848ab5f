package org.noports.device;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.noports.api.AtSign;
import org.noports.api.CipherUnavailable;
import org.noports.api.DeviceName;
import org.noports.api.SessionId;
import org.noports.api.atserver.AtServerSession;
import org.noports.api.atserver.Notification;
import org.noports.api.atserver.OutgoingNotification;
import org.noports.api.cipher.EphemeralKey;
import org.noports.api.cipher.KeyTransport;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.session.MessageNames;
import org.noports.protocol.session.NptRequest;
import org.noports.protocol.session.RelayAuthMode;
import org.noports.protocol.session.SignedEnvelope;
import org.noports.testkit.fakes.AtServerWorld;
import org.noports.testkit.fakes.JdkCiphers;
import org.noports.testkit.fakes.RealKeys;

/** A client as a device sees it: says what the test wants, hears what comes. */
final class ScriptedClient {
  static final AtSign DEVICE = AtSign.of("@device");
  static final DeviceName NAME = DeviceName.of("dev1");

  /** Cut once: cutting takes as long as all else in a test. */
  private static final EphemeralKey EPHEMERAL = cut();

  private final RealKeys identity;
  private final AtServerSession post;
  private final BlockingQueue<Notification> heard = new LinkedBlockingQueue<>();
  private final BlockingQueue<Notification> hellos = new LinkedBlockingQueue<>();

  ScriptedClient(AtServerWorld world, String atSign) {
    this.identity = RealKeys.of(atSign);
    this.post = world.of(identity.atSign());
    post.subscribe(name -> !isHello(name), heard::add);
    post.subscribe(ScriptedClient::isHello, hellos::add);
  }

  private static EphemeralKey cut() {
    try {
      return new JdkCiphers().keyTransport(KeyTransport.RSA_2048).generate();
    } catch (CipherUnavailable e) {
      throw new AssertionError(e);
    }
  }

  EphemeralKey ephemeral() {
    return EPHEMERAL;
  }

  /** A request for localhost:22 at level L1 with the signed line. */
  NptRequest request(SessionId session) {
    return new NptRequest(
        session,
        "relay.example.org",
        40002,
        22,
        "localhost",
        true,
        RelayAuthMode.PAYLOAD,
        Optional.empty(),
        "client-nonce",
        "relay-nonce",
        true,
        EPHEMERAL.publicKey(),
        SignedEnvelope.RSA_2048,
        Duration.ofSeconds(30),
        true,
        Optional.of(AtSign.of("@relay")));
  }

  /** Asks, signed by ourselves. */
  void ask(NptRequest request) {
    ask(request, identity::signAsEncryption);
  }

  void ask(NptRequest request, UnaryOperator<byte[]> signer) {
    say(MessageNames.nptRequest(NAME), SignedEnvelope.sign(request.toJson(), signer).toText());
  }

  /** With whatever else stands in its payload. */
  void ask(JsonObject payload) {
    say(
        MessageNames.nptRequest(NAME),
        SignedEnvelope.sign(payload, identity::signAsEncryption).toText());
  }

  void ping() {
    say(MessageNames.ping(NAME), MessageNames.PING_VALUE);
  }

  void say(String name, String value) {
    post.notify(OutgoingNotification.ofSession(DEVICE, name, value));
  }

  private static boolean isHello(String name) {
    return name.equals(MessageNames.username(NAME));
  }

  /** The next answer that came; an error if none does. */
  Notification hear() throws InterruptedException {
    return next(heard);
  }

  /** What the device said of its own accord. */
  Notification hearHello() throws InterruptedException {
    return next(hellos);
  }

  private static Notification next(BlockingQueue<Notification> messages)
      throws InterruptedException {
    Notification message = messages.poll(60, TimeUnit.SECONDS);
    if (message == null) {
      throw new AssertionError("Nothing came");
    }
    return message;
  }

  /** Whether nothing has come so far. */
  boolean heardNothing() {
    return heard.isEmpty();
  }
}
