package org.noports.client;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.noports.api.AtSign;
import org.noports.api.ProtocolViolation;
import org.noports.api.atserver.AtServerSession;
import org.noports.api.atserver.Notification;
import org.noports.api.atserver.OutgoingNotification;
import org.noports.protocol.session.MessageNames;
import org.noports.protocol.session.RelayDiscovery;
import org.noports.protocol.session.RelayReply;
import org.noports.protocol.session.RelayRequest;
import org.noports.testkit.fakes.AtServerWorld;

/** A relay as a client sees it; its knobs make it go wrong. */
final class ScriptedRelay {
  static final AtSign AT_SIGN = AtSign.of("@relay");

  final List<RelayRequest> requests = new CopyOnWriteArrayList<>();
  final List<String> modes = new CopyOnWriteArrayList<>();
  final AtomicInteger discoveries = new AtomicInteger();
  volatile boolean answers = true;
  volatile boolean findsOut = true;
  volatile boolean json = true;
  volatile Optional<String> nack = Optional.empty();

  /** Who answers; another than the relay is an impostor. */
  volatile AtServerSession voice;

  /** Whether it tells where it is. */
  volatile boolean found = true;

  private final String host;
  private volatile int clientPort = 40001;
  private volatile int devicePort = 40002;

  ScriptedRelay(AtServerWorld world) {
    this(world, AT_SIGN, "relay.example.org");
  }

  ScriptedRelay(AtServerWorld world, AtSign atSign, String host) {
    this.voice = world.of(atSign);
    this.host = host;
    voice.subscribe(name -> name.endsWith(".sshrvd"), this::hear);
  }

  /** What it hands out from now on. */
  void ports(int client, int device) {
    clientPort = client;
    devicePort = device;
  }

  private void hear(Notification message) {
    try {
      if (message.name().endsWith(".auth_modes.sshrvd")) {
        modes.add(message.value());
        return;
      }
      if (message.name().equals(MessageNames.RELAY_DISCOVERY)) {
        discoveries.incrementAndGet();
        if (found) {
          RelayDiscovery here = new RelayDiscovery(host, OptionalInt.of(8443));
          say(message.from(), MessageNames.DISCOVER_RESPONSE, here.toJson());
        }
        return;
      }
      RelayRequest request = RelayRequest.parse(message.value());
      requests.add(request);
      if (nack.isPresent()) {
        say(message.from(), MessageNames.relayNack(request.sessionId()), nack.get());
      } else if (answers) {
        RelayReply reply =
            new RelayReply(host, clientPort, devicePort, "relay-nonce", false, findsOut);
        say(
            message.from(),
            MessageNames.relayReply(request.sessionId()),
            json ? reply.toJson() : reply.toFields());
      }
    } catch (ProtocolViolation e) {
      throw new AssertionError(e);
    }
  }

  private void say(AtSign to, String name, String value) {
    voice.notify(OutgoingNotification.ofSession(to, name, value));
  }
}
