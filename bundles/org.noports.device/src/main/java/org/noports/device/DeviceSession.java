package org.noports.device;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.noports.api.HostPort;
import org.noports.api.SessionId;
import org.noports.api.policy.Observed;
import org.noports.api.relay.RelaySide;
import org.noports.api.session.Receipt;
import org.noports.api.session.SessionFacts;
import org.noports.api.tunnel.SessionEnd;

/** A session that was admitted here and runs. */
final class DeviceSession {
  private final Permitted request;
  private final AdmitStream.Standing admitted;
  private final Permission permission;
  private final AtomicBoolean reviewing = new AtomicBoolean();
  private final SessionEnd end;
  private final Optional<Resumable> resumable;
  private final Instant since = Instant.now();
  private final AtomicReference<String> reason = new AtomicReference<>();
  private volatile HostPort relay;
  private volatile Optional<Receipt> receipt;
  private volatile String state = "open";

  DeviceSession(
      Permitted request,
      AdmitStream.Standing admitted,
      HostPort relay,
      SessionEnd end,
      Optional<Resumable> resumable,
      Optional<Receipt> receipt) {
    this.request = request;
    this.admitted = admitted;
    this.permission = new Permission(request.permit(), Instant.now(), request.generation());
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

  /** Whether what was told of its last link is something else. */
  boolean isElsewhere(Observed seen) {
    return !asked().sighted().observed().equals(seen);
  }

  /** What it runs by. */
  Permission permission() {
    return permission;
  }

  /** The policy was asked while it was being opened. */
  void settled(Permitted again) {
    if (permission.renewals() == 0) {
      permission.renew(again.permit(), Instant.now(), again.generation());
    }
  }

  /** Those of its target's that were decided on; empty if it has none. */
  List<InetAddress> addresses() {
    return request.addresses();
  }

  /** What it is against quantum computers now: it may have moved to another suite. */
  AdmitStream.Standing standing() {
    return new AdmitStream.Standing(facts().level(), admitted.authenticated());
  }

  /** Whether nobody asks for it again already; {@link #reviewed} gives that back. */
  boolean review() {
    return reviewing.compareAndSet(false, true);
  }

  void reviewed() {
    reviewing.set(false);
  }

  SessionEnd end() {
    return end;
  }

  /** Ends it for a reason of ours. */
  void end(String because) {
    reason.compareAndSet(null, because);
    end.close();
  }

  /** Ends it because it is not permitted any more. */
  void withdraw(String because) {
    reason.compareAndSet(null, because);
    end.withdraw();
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
        shown.map(known -> known.suite().level()).orElse(admitted.level()),
        Optional.of(permission.permit().rule()),
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
