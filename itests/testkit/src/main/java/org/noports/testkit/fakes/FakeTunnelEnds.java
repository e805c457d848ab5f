package org.noports.testkit.fakes;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.noports.api.LocalAddressUnavailable;
import org.noports.api.NoPortsException;
import org.noports.api.Target;
import org.noports.api.stream.StreamOrigin;
import org.noports.api.tunnel.ClientEnd;
import org.noports.api.tunnel.Entrance;
import org.noports.api.tunnel.Forward;
import org.noports.api.tunnel.LocalAddress;
import org.noports.api.tunnel.SessionEnd;
import org.noports.api.tunnel.SessionPlan;
import org.noports.api.tunnel.StreamGate;
import org.noports.api.tunnel.TunnelEnds;

/** Opens ends that carry nothing and remember what they were opened with. */
public final class FakeTunnelEnds implements TunnelEnds {
  private final Set<LocalAddress> inUse = ConcurrentHashMap.newKeySet();
  private final List<FakeEnd> asked = new CopyOnWriteArrayList<>();
  private final List<FakeEnd> opened = new CopyOnWriteArrayList<>();
  private final List<FakeEntrance> bound = new CopyOnWriteArrayList<>();
  private volatile Optional<NoPortsException> refusal = Optional.empty();
  private volatile Optional<CompletableFuture<Void>> gate = Optional.empty();

  /** An address that is in use by somebody else. */
  public void occupy(LocalAddress address) {
    inUse.add(address);
  }

  /** From now on no end opens. */
  public void refuse(NoPortsException why) {
    refusal = Optional.of(why);
  }

  /** Undoes {@link #refuse}. */
  public void permit() {
    refusal = Optional.empty();
  }

  /** From now on ends open when {@code opening} completes. */
  public void openAfter(CompletableFuture<Void> opening) {
    gate = Optional.of(opening);
  }

  /** All ends that somebody wanted opened so far, in order. */
  public List<FakeEnd> asked() {
    return List.copyOf(asked);
  }

  /** All ends that were opened so far, in order. */
  public List<FakeEnd> opened() {
    return List.copyOf(opened);
  }

  /** All entrances that were bound so far, in order. */
  public List<FakeEntrance> bound() {
    return List.copyOf(bound);
  }

  @Override
  public CompletionStage<Entrance> bind(LocalAddress address) {
    if (inUse.contains(address)) {
      return CompletableFuture.failedFuture(
          new LocalAddressUnavailable(address + " is in use by another program"));
    }
    FakeEntrance entrance = new FakeEntrance(address);
    bound.add(entrance);
    return CompletableFuture.completedFuture(entrance);
  }

  @Override
  public CompletionStage<Entrance> bind(Forward forward) {
    return bind(forward.at());
  }

  @Override
  public CompletionStage<ClientEnd> openClientEnd(SessionPlan plan) {
    return open(new FakeEnd(plan, Optional.empty(), Optional.empty(), Optional.empty()))
        .thenApply(end -> (ClientEnd) end);
  }

  @Override
  public CompletionStage<SessionEnd> openDeviceEnd(
      SessionPlan plan, Target target, StreamGate gate, StreamOrigin origin) {
    return open(new FakeEnd(plan, Optional.of(target), Optional.of(origin), Optional.of(gate)))
        .thenApply(end -> (SessionEnd) end);
  }

  @Override
  public CompletionStage<SessionEnd> openSingleDeviceEnd(
      SessionPlan plan, Target target, StreamGate gate, StreamOrigin origin) {
    FakeEnd end = new FakeEnd(plan, Optional.of(target), Optional.of(origin), Optional.of(gate));
    return open(end.asSingle()).thenApply(opened -> (SessionEnd) opened);
  }

  private CompletionStage<FakeEnd> open(FakeEnd end) {
    asked.add(end);
    if (refusal.isPresent()) {
      return CompletableFuture.failedFuture(refusal.get());
    }
    return gate.orElse(CompletableFuture.completedFuture(null))
        .thenApply(
            go -> {
              opened.add(end);
              return end;
            });
  }
}
