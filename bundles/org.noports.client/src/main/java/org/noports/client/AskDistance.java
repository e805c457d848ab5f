package org.noports.client;

import static org.noports.client.Step.step;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.DeviceOffline;
import org.noports.api.RelayUnavailable;
import org.noports.api.atserver.AtServerSession;
import org.noports.api.atserver.OutgoingNotification;
import org.noports.protocol.session.MessageNames;
import org.noports.protocol.session.RelayDiscovery;
import org.noports.protocol.session.RelayLatency;

/** Asks relays where they are, and a device how far they are from there; for NearestRelay. */
final class AskDistance {
  /** Longer than any session waits: a late answer is there for the next one. */
  private static final Duration WITHIN = Duration.ofSeconds(5);

  /** Where {@code relay} is. */
  CompletionStage<RelayDiscovery> where(AtServerSession post, AtSign relay) {
    return new AwaitReply(
            post,
            relay,
            Set.of(MessageNames.DISCOVER_RESPONSE),
            WITHIN,
            () -> new RelayUnavailable("The relay " + relay + " does not say where it is"))
        .to(
            OutgoingNotification.ofSession(
                relay, MessageNames.RELAY_DISCOVERY, RelayDiscovery.QUESTION))
        .thenCompose(step(answer -> RelayDiscovery.parse(answer.value())));
  }

  /** How far the relays are from the device. */
  CompletionStage<RelayLatency.Response> howFar(
      AtServerSession post, DeviceAddress device, RelayLatency.Request asked) {
    return new AwaitReply(
            post,
            device.atSign(),
            Set.of(MessageNames.relayLatencyResponse(device.name())),
            WITHIN,
            () -> new DeviceOffline(device + " does not say how far it is from relays"))
        .to(
            OutgoingNotification.ofSession(
                device.atSign(), MessageNames.relayLatencyRequest(device.name()), asked.toText()))
        .thenCompose(step(answer -> RelayLatency.Response.parse(answer.value())));
  }
}
