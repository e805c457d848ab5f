package org.noports.device;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.noports.api.HostPort;
import org.noports.api.SessionId;
import org.noports.api.relay.RelaySide;
import org.noports.api.session.Receipt;
import org.noports.api.session.SessionFacts;
import org.noports.api.tunnel.Level;
import org.noports.api.tunnel.SessionEnd;

/** A session that was admitted here and runs. */
final class DeviceSession {
  private final Permitted request;
  private final Level level;
  private final SessionEnd end;
  private final Optional<Resumable> resumable;
  private final Instant since = Instant.now();
  private final AtomicReference<String> reason = new AtomicReference<>();
  private volatile HostPort relay;
  private volatile Optional<Receipt> receipt;
  private volatile String state = "open";

  DeviceSession(
      Permitted request,
      Level level,
      HostPort relay,
      SessionEnd end,
      Optional<Resumable> resumable,
      Optional<Receipt> receipt) {
    this.request = request;
    this.level = level;
    this.relay = relay;
    this.end = end;
    this.resumable = resumable;
    this.receipt = receipt;
    end.ended().thenRun(() -> resumable.ifPresent(Resumable::close));
    end.onLink(new Watching());
  }

  /** Only shows it: the client is the one that asks for a session to go on. */
  private final class Watching implements SessionEnd.LinkListener {
    @Override
    public void lost(String why) {
      state = "resuming";
      DeviceLog.linkLost(DeviceSession.this, why);
    }

    @Override
    public void restored() {
      state = "open";
    }
  }

  /** What lets it go on after it has lost its link; empty below level L2. */
  Optional<Resumable> resumable() {
    return resumable;
  }

  Optional<Receipt> receipt() {
    return receipt.map(agreed -> agreed.with(end.suites()));
  }

  /** It goes on through another relay, or another connection of the same. */
  void resumed(HostPort through, Receipt.Agreed step, Receipt.Signers signers) {
    relay = through;
    receipt = receipt.map(before -> before.and(step).signedBy(signers));
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
    Optional<Receipt> shown = receipt();
    return new SessionFacts(
        id(),
        RelaySide.DEVICE,
        asked().client(),
        asked().device().address(),
        asked().target(),
        shown
            .map(known -> Optional.of(known.history().get(known.history().size() - 1).relay()))
            .orElse(asked().request().relayAtSign()),
        relay.toString(),
        shown.map(known -> known.suite().level()).orElse(level),
        Optional.of(request.permit().rule()),
        Optional.empty(),
        since,
        0,
        state.equals("open") && end.draining() ? "draining" : state,
        end.traffic(),
        Optional.empty(),
        List.of(),
        shown);
  }
}
