package org.noports.device;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.noports.api.HostPort;
import org.noports.api.SessionId;
import org.noports.api.relay.RelaySide;
import org.noports.api.session.SessionFacts;
import org.noports.api.tunnel.Level;
import org.noports.api.tunnel.SessionEnd;

/** A session that was admitted here and runs. */
final class DeviceSession {
  private final Permitted request;
  private final Level level;
  private final HostPort relay;
  private final SessionEnd end;
  private final Instant since = Instant.now();
  private final AtomicReference<String> reason = new AtomicReference<>();

  DeviceSession(Permitted request, Level level, HostPort relay, SessionEnd end) {
    this.request = request;
    this.level = level;
    this.relay = relay;
    this.end = end;
  }

  SessionId id() {
    return asked().request().sessionId();
  }

  Asked asked() {
    return request.asked();
  }

  SessionEnd end() {
    return end;
  }

  /** Ends it for a reason of ours. */
  void end(String because) {
    reason.compareAndSet(null, because);
    end.close();
  }

  /** Why it ended: our reason if we had one, else the tunnel's. */
  String why(String tunnelSays) {
    return Optional.ofNullable(reason.get()).orElse(tunnelSays);
  }

  SessionFacts facts() {
    return new SessionFacts(
        id(),
        RelaySide.DEVICE,
        asked().client(),
        asked().device().address(),
        asked().target(),
        asked().request().relayAtSign(),
        relay.toString(),
        level,
        Optional.of(request.permit().rule()),
        Optional.empty(),
        since,
        0,
        "open",
        end.traffic());
  }
}
