package org.noports.transport;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.api.HostPort;
import org.noports.api.network.OutgoingProxy;
import org.noports.api.network.Route;

/**
 * Where a provider's loops ask how to leave this machine. The {@link OutgoingProxy} comes and goes
 * as services do; while none is there, dials wait for one within their own time: going out directly
 * could go where nobody is to go. Thread-safe.
 */
public final class WayOut {
  private Optional<OutgoingProxy> proxy = Optional.empty();
  private CompletableFuture<OutgoingProxy> awaited = new CompletableFuture<>();

  /** One that always goes directly: for listeners, for what runs on this machine, for tests. */
  public static WayOut direct() {
    WayOut direct = new WayOut();
    direct.come(target -> Route.DIRECT);
    return direct;
  }

  /** The service is there; who waits goes on. */
  public void come(OutgoingProxy service) {
    requireNonNull(service, "service is null");
    CompletableFuture<OutgoingProxy> waiting;
    synchronized (this) {
      proxy = Optional.of(service);
      waiting = awaited;
      awaited = CompletableFuture.completedFuture(service);
    }
    waiting.complete(service);
  }

  /** The service is gone; a successor may have come before. */
  public synchronized void go(OutgoingProxy service) {
    if (proxy.filter(it -> it == service).isPresent()) {
      proxy = Optional.empty();
      awaited = new CompletableFuture<>();
    }
  }

  /** Completes when a service is there to say. */
  CompletionStage<Route> to(HostPort target) {
    CompletionStage<OutgoingProxy> present;
    synchronized (this) {
      present = awaited;
    }
    return present.thenApply(service -> service.route(target));
  }
}
