package org.noports.tunnel;

import io.netty.channel.Channel;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.noports.api.Target;
import org.noports.api.audit.AuditEvent;
import org.noports.api.stream.StreamOrigin;
import org.noports.api.stream.StreamService;
import org.noports.transport.ChannelStream;
import org.noports.transport.Closing;
import org.noports.transport.Splice;

/**
 * Where a session's connections leave the tunnel on the device: they are spliced to a TCP service,
 * or given to a {@link StreamService} of this JVM. Last of the data path; one for each session.
 */
final class ServiceExit {
  private final Surroundings around;
  private final Target target;
  private final StreamOrigin origin;

  ServiceExit(Surroundings around, Target target, StreamOrigin origin) {
    this.around = around;
    this.target = target;
    this.origin = origin;
  }

  int mostConnections() {
    return around.settings().connectionsPerSession();
  }

  /** Takes over a channel to the relay that is clear on our side; called on its loop. */
  void open(Channel relay) {
    if (target instanceof Target.Tcp tcp) {
      dial(tcp, relay);
    } else if (target instanceof Target.Service service) {
      hand(service, relay);
    }
  }

  private void dial(Target.Tcp tcp, Channel relay) {
    around
        .loops()
        .dial(tcp.address(), around.settings().connectTimeout(), relay.eventLoop())
        .whenComplete(
            (service, failure) -> {
              if (failure == null) {
                Splice.join("the service", service, "the relay", relay);
              } else {
                refuse(relay, Failures.cause(failure).getMessage());
              }
            });
  }

  private void hand(Target.Service service, Channel relay) {
    Optional<StreamService> present = around.service(service.name());
    if (present.isEmpty()) {
      refuse(relay, "there is no " + service + " on this device; start the bundle that offers it");
      return;
    }
    try {
      present.get().accept(ChannelStream.over(relay), origin);
    } catch (RuntimeException | LinkageError e) {
      // Anybody's code, perhaps of a bundle that is just being replaced: nobody else would hang up.
      refuse(relay, service + " failed: " + e + "; look into the log of the bundle that offers it");
    }
  }

  private void refuse(Channel relay, String reason) {
    TunnelLog.refused(origin.session(), reason);
    // Reset, so that the application does not take it for an empty answer.
    Closing.reset(relay);
  }

  void cipherMissing(String reason) {
    TunnelLog.refused(origin.session(), reason);
    Map<String, String> details = new LinkedHashMap<>();
    details.put("session", origin.session().toString());
    details.put("client", origin.client().toString());
    details.put("reason", reason);
    around
        .audit()
        .ifPresent(
            audit ->
                audit.record(
                    new AuditEvent(Instant.now(), "connection-cipher-unavailable", details)));
  }
}
