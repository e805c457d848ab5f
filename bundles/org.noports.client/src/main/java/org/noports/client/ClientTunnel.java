package org.noports.client;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.noports.api.NoPortsException;
import org.noports.api.SessionGone;
import org.noports.api.SessionId;
import org.noports.api.Target;
import org.noports.api.relay.RelaySide;
import org.noports.api.session.Receipt;
import org.noports.api.session.SessionFacts;
import org.noports.api.session.TunnelRequest;
import org.noports.api.session.TunnelSession;
import org.noports.api.ssh.SshPublicKey;
import org.noports.api.stream.ByteStream;
import org.noports.api.tunnel.LocalAddress;
import org.noports.api.tunnel.StreamRequest;
import org.noports.api.tunnel.Suite;

/**
 * A tunnel that was asked for here: one session, or with {@code keep} one after the other behind
 * the same entrance, which {@link KeepTunnel} sees to.
 */
final class ClientTunnel implements TunnelSession {
  static final String OPEN = "open";
  static final String RECONNECTING = "reconnecting";
  static final String RESUMING = "resuming";
  static final String DRAINING = "draining";

  private final TunnelRequest request;
  private final Optional<KeepTunnel> keeper;
  private final Receipts receipts;
  private final Function<ClientTunnel, KeepLinked> linker;
  private final CompletableFuture<String> ended = new CompletableFuture<>();
  private Joined joined;
  private int replaced;
  private String state = OPEN;
  private Optional<String> reason = Optional.empty();
  private volatile Optional<NoPortsException> failure = Optional.empty();

  ClientTunnel(
      TunnelRequest request,
      Joined joined,
      Optional<KeepTunnel> keeper,
      Function<ClientTunnel, KeepLinked> linker,
      Receipts receipts) {
    this.request = request;
    this.joined = joined;
    this.keeper = keeper;
    this.linker = linker;
    this.receipts = receipts;
  }

  /** Watches its session; called once, when the tunnel is listed. */
  void start() {
    watch(joined());
  }

  private void watch(Joined session) {
    session.end().ended().thenAccept(why -> lost(session, why));
    session.end().onSuite(change -> receipts.changed(request, session, change));
    if (session.resumable().isPresent()) {
      KeepLinked links = linker.apply(this);
      session.end().ended().thenRun(links::stop);
      session.end().onLink(links);
    }
  }

  /** Its session has no link now. */
  synchronized void resuming() {
    state = state.equals(OPEN) ? RESUMING : state;
  }

  /** Its session has a link. */
  synchronized void linked() {
    state = state.equals(RESUMING) ? OPEN : state;
  }

  /** Its session goes on through {@code next}. */
  void resumed(Joined next) {
    synchronized (this) {
      if (!joined.id().equals(next.id())) {
        return;
      }
      joined = next;
    }
    receipts.resumed(request, next);
  }

  /** Its session shall not go on; a kept tunnel asks for another. */
  void notResumed(NoPortsException because) {
    if (keeper.isPresent()) {
      joined().end().close();
    } else {
      end(because);
    }
  }

  TunnelRequest request() {
    return request;
  }

  synchronized Joined joined() {
    return joined;
  }

  Entrances entrances() {
    return joined().entrances();
  }

  synchronized SessionId id() {
    return joined.id();
  }

  private void lost(Joined session, String why) {
    String because;
    boolean replace;
    synchronized (this) {
      because = reason.orElse(why);
      replace = reason.isEmpty() && keeper.isPresent();
      state = replace ? RECONNECTING : state;
    }
    receipts.ended(this, session, because);
    failure = replace ? Optional.empty() : failure.or(session.end()::failure);
    if (replace) {
      session.entrances().pause();
      keeper.get().replace(this);
    } else {
      over(because);
    }
  }

  /** Takes the session that replaces a lost one; false if the tunnel was ended meanwhile. */
  boolean replacedBy(Joined next) {
    synchronized (this) {
      if (reason.isPresent()) {
        return false;
      }
      joined = next;
      replaced++;
      state = OPEN;
    }
    receipts.opened(request, next);
    watch(next);
    return true;
  }

  /** Ends it for a reason of ours. */
  void end(String because) {
    Joined last;
    synchronized (this) {
      if (reason.isPresent() || ended.isDone()) {
        return;
      }
      reason = Optional.of(because);
      last = joined;
    }
    keeper.ifPresent(KeepTunnel::stop);
    last.entrances().close();
    last.end().close();
    over(because);
  }

  /** Ends it for a reason that whoever asked for it can act on. */
  void end(NoPortsException because) {
    failure = Optional.of(because);
    end(because.getMessage());
  }

  private void over(String why) {
    entrances().close();
    ended.complete(why);
  }

  synchronized boolean reconnecting() {
    return state.equals(RECONNECTING);
  }

  @Override
  public synchronized SessionFacts facts() {
    Optional<LocalAddress> local = joined.entrances().address();
    Instant since = joined.since();
    Optional<Receipt> receipt = joined.shown();
    return new SessionFacts(
        joined.id(),
        RelaySide.CLIENT,
        request.from(),
        request.device(),
        request.target(),
        Optional.of(joined.carrier()),
        joined.relay().toString(),
        receipt.map(Receipt::suite).map(Suite::level).orElse(joined.level()),
        receipt.map(Receipt::rule),
        local,
        since,
        replaced,
        state.equals(OPEN) && joined.end().draining() ? DRAINING : state,
        joined.end().traffic(),
        joined.met().known().isPresent()
            ? Optional.empty()
            : Optional.of(joined.met().fingerprint()),
        joined.entrances().bound(),
        receipt,
        joined.choice());
  }

  @Override
  public CompletionStage<ByteStream> connect() {
    return reconnecting() ? lost() : joined().end().connect();
  }

  @Override
  public CompletionStage<ByteStream> connect(Target target) {
    return reconnecting() ? lost() : joined().end().open(new StreamRequest.Connect(target));
  }

  private CompletionStage<ByteStream> lost() {
    return CompletableFuture.failedFuture(
        new SessionGone(
            "The session with " + request.device() + " was lost and is being replaced: try again"));
  }

  @Override
  public List<SshPublicKey> sshHostKeys() {
    return joined().hostKeys();
  }

  @Override
  public CompletionStage<String> ended() {
    return ended.copy();
  }

  @Override
  public Optional<NoPortsException> failure() {
    return failure;
  }

  @Override
  public void close() {
    end("ended here");
  }
}
