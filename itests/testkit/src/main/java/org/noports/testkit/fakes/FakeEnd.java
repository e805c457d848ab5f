package org.noports.testkit.fakes;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.noports.api.NoPortsException;
import org.noports.api.SessionGone;
import org.noports.api.Subscription;
import org.noports.api.Target;
import org.noports.api.stream.ByteStream;
import org.noports.api.stream.StreamOrigin;
import org.noports.api.tunnel.ClientEnd;
import org.noports.api.tunnel.Np2Keys;
import org.noports.api.tunnel.RelayLeg;
import org.noports.api.tunnel.SessionPlan;
import org.noports.api.tunnel.StreamGate;
import org.noports.api.tunnel.StreamRequest;
import org.noports.api.tunnel.SuiteChange;

/** One end of a session that carries nothing. */
public final class FakeEnd implements ClientEnd {
  private final SessionPlan plan;
  private final Optional<Target> target;
  private final Optional<StreamOrigin> origin;
  private final Optional<StreamGate> gate;
  private final CompletableFuture<String> ended = new CompletableFuture<>();
  private final List<LinkListener> listeners = new CopyOnWriteArrayList<>();
  private final List<Np2Keys> relinked = new CopyOnWriteArrayList<>();
  private final List<RelayLeg> legs = new CopyOnWriteArrayList<>();
  private final List<Standing> standing = new CopyOnWriteArrayList<>();
  private final AtomicInteger reviews = new AtomicInteger();
  private final List<Consumer<SuiteChange>> suiteListeners = new CopyOnWriteArrayList<>();
  private volatile Traffic carried = new Traffic(0, 0, 0, 0);
  private volatile Optional<NoPortsException> refusal = Optional.empty();
  private volatile boolean single;

  FakeEnd(
      SessionPlan plan,
      Optional<Target> target,
      Optional<StreamOrigin> origin,
      Optional<StreamGate> gate) {
    this.plan = plan;
    this.target = target;
    this.origin = origin;
    this.gate = gate;
  }

  private record Standing(StreamRequest request, StreamGate.Admitted admitted) {}

  /** What it was opened with. */
  public SessionPlan plan() {
    return plan;
  }

  /** Where a device's end leads. */
  public Optional<Target> target() {
    return target;
  }

  /** What decides on a device's streams. */
  public Optional<StreamGate> gate() {
    return gate;
  }

  /** On whose behalf a device's end was opened. */
  public Optional<StreamOrigin> origin() {
    return origin;
  }

  /** Whether it is of a session of one connection. */
  public boolean single() {
    return single;
  }

  FakeEnd asSingle() {
    single = true;
    return this;
  }

  /** How often it was asked to go by what its gate says now. */
  public int reviews() {
    return reviews.get();
  }

  @Override
  public void review() {
    reviews.incrementAndGet();
    standing.forEach(this::review);
  }

  private void review(Standing stream) {
    gate.orElseThrow()
        .again(stream.request(), stream.admitted().addresses())
        .thenAccept(
            answer -> {
              if (answer instanceof StreamGate.Refused) {
                standing.remove(stream);
              }
            });
  }

  /** Its client wants one more stream; what is admitted stands until a review refuses it. */
  public CompletionStage<StreamGate.Answer> want(StreamRequest request) {
    return gate.orElseThrow()
        .admit(request)
        .thenApply(
            answer -> {
              if (answer instanceof StreamGate.Admitted yes) {
                standing.add(new Standing(request, yes));
              }
              return answer;
            });
  }

  /** The streams that stand. */
  public List<StreamRequest> standing() {
    return standing.stream().map(Standing::request).toList();
  }

  /** Ends the session as a lost relay would. */
  public void lose(String why) {
    plan.protection().close();
    ended.complete(why);
  }

  /** From now on it says to have carried this. */
  public void carry(Traffic traffic) {
    carried = traffic;
  }

  /** The session has fresh keys. */
  public void change(SuiteChange change) {
    suiteListeners.forEach(listener -> listener.accept(change));
  }

  @Override
  public Subscription onSuite(Consumer<SuiteChange> listener) {
    suiteListeners.add(listener);
    return () -> suiteListeners.remove(listener);
  }

  /** The session has no link any more. */
  public void loseLink(String why) {
    listeners.forEach(listener -> listener.lost(why));
  }

  /** From now on no relay carries a link. */
  public void refuseLinks(NoPortsException why) {
    refusal = Optional.of(why);
  }

  /** The keys of each link that it was given after its first. */
  public List<Np2Keys> relinked() {
    return List.copyOf(relinked);
  }

  /** The way to the relay of each link that it was given after its first. */
  public List<RelayLeg> legs() {
    return List.copyOf(legs);
  }

  @Override
  public Subscription onLink(LinkListener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public CompletionStage<Void> relink(RelayLeg leg, Np2Keys next) {
    if (refusal.isPresent()) {
      NoPortsException why = refusal.get();
      refusal = Optional.empty();
      next.close();
      return CompletableFuture.failedFuture(why);
    }
    legs.add(leg);
    relinked.add(next);
    listeners.forEach(LinkListener::restored);
    return CompletableFuture.completedFuture(null);
  }

  public boolean isOver() {
    return ended.isDone();
  }

  @Override
  public CompletionStage<ByteStream> connect() {
    return CompletableFuture.failedFuture(new SessionGone("This end carries nothing"));
  }

  @Override
  public CompletionStage<String> ended() {
    return ended.copy();
  }

  @Override
  public Traffic traffic() {
    return carried;
  }

  @Override
  public void close() {
    lose("closed");
  }
}
