package org.noports.client;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.noports.api.AtSign;
import org.noports.api.ConfigurationInvalid;
import org.noports.api.DeviceAddress;
import org.noports.api.DeviceName;
import org.noports.api.Target;
import org.noports.api.session.ClientDefaults;
import org.noports.api.session.HandshakeListener;
import org.noports.api.session.TunnelRequest;
import org.noports.api.session.TunnelSession;
import org.noports.api.session.Tunnels;
import org.noports.api.tunnel.Forward;
import org.noports.api.tunnel.LocalAddress;

/**
 * One tunnel from its configuration on: opened as soon as that is possible, and kept. Unlike a
 * command's, its first attempt is repeated too, since at start the device may not be up yet.
 */
final class NamedTunnel implements AutoCloseable {
  private final String name;
  private final NamedTunnelConfig config;
  private final Tunnels tunnels;
  private final ClientDefaults defaults;
  private final ScheduledExecutorService clock;
  private final Turns turns;
  private final Backoff backoff = new Backoff(() -> ThreadLocalRandom.current().nextDouble());
  private Optional<CompletableFuture<TunnelSession>> opening = Optional.empty();
  private Optional<TunnelSession> tunnel = Optional.empty();
  private Optional<Future<?>> next = Optional.empty();
  private Optional<String> problem = Optional.of("not opened yet");
  private boolean closed;

  NamedTunnel(
      String name,
      NamedTunnelConfig config,
      Tunnels tunnels,
      ClientDefaults defaults,
      ScheduledExecutorService clock,
      Turns turns) {
    this.name = name;
    this.config = config;
    this.tunnels = tunnels;
    this.defaults = defaults;
    this.clock = clock;
    this.turns = turns;
  }

  String name() {
    return name;
  }

  /** Tries when it is its turn. */
  synchronized void open() {
    if (closed) {
      return;
    }
    try {
      TunnelRequest request = request();
      turns.take(() -> attempt(request)).whenComplete(this::conclude);
    } catch (ConfigurationInvalid e) {
      failed(e);
    }
  }

  private synchronized CompletionStage<TunnelSession> attempt(TunnelRequest request) {
    if (closed) {
      return CompletableFuture.failedStage(new CancellationException("It was closed meanwhile"));
    }
    CompletableFuture<TunnelSession> attempt =
        tunnels.open(request, HandshakeListener.SILENT).toCompletableFuture();
    opening = Optional.of(attempt);
    return attempt;
  }

  private TunnelRequest request() throws ConfigurationInvalid {
    try {
      List<AtSign> relays = relays();
      return new TunnelRequest(
              atSign("from", config.from(), defaults.from()),
              new DeviceAddress(AtSign.of(config.to()), DeviceName.of(config.device())),
              relays.get(0),
              Target.of(config.target()),
              config.local().isBlank()
                  ? Optional.empty()
                  : Optional.of(LocalAddress.of(config.local())),
              true,
              TunnelRequest.DEFAULT_GRACE,
              Optional.of(config.expect()).filter(text -> !text.isBlank()))
          .forwarding(forwards())
          .orThrough(relays.subList(1, relays.size()));
    } catch (IllegalArgumentException e) {
      throw new ConfigurationInvalid(
          "etc/" + Client.PID + "-" + name + ".cfg: " + e.getMessage(), e);
    }
  }

  /** The one that is set, or all that are known, of which the nearest is taken. */
  private List<AtSign> relays() {
    boolean named = !config.relay().isBlank() || defaults.relay().isPresent();
    return named || defaults.relays().isEmpty()
        ? List.of(atSign("relay", config.relay(), defaults.relay()))
        : defaults.relays();
  }

  private List<Forward> forwards() {
    List<Forward> all = new ArrayList<>();
    each(config.forward(), text -> all.add(Forward.Local.of(text)));
    each(config.remote(), text -> all.add(Forward.Remote.of(text)));
    each(config.socks(), text -> all.add(new Forward.Socks(LocalAddress.of(text))));
    each(config.udp(), text -> all.add(Forward.Udp.of(text)));
    return all;
  }

  private static void each(String list, Consumer<String> entry) {
    Arrays.stream(list.split(",")).filter(text -> !text.isBlank()).forEach(entry);
  }

  private static AtSign atSign(String key, String own, Optional<AtSign> other) {
    return own.isBlank()
        ? other.orElseThrow(
            () ->
                new IllegalArgumentException(
                    key + " is set neither here nor in etc/" + Client.PID + ".cfg"))
        : AtSign.of(own);
  }

  private synchronized void conclude(TunnelSession opened, Throwable failure) {
    opening = Optional.empty();
    if (failure != null) {
      failed(Step.cause(failure));
      return;
    }
    if (closed) {
      opened.close();
      return;
    }
    backoff.reset();
    tunnel = Optional.of(opened);
    problem = Optional.empty();
    ClientLog.named(name, opened.facts().local().map(Object::toString).orElse("no address"));
    opened.ended().thenAccept(why -> over(opened, why));
  }

  /**
   * Somebody ended it by hand, or the client was stopped: it stays ended until changed. One that
   * ended for a reason that can be mended comes back when it is.
   */
  private synchronized void over(TunnelSession was, String why) {
    tunnel = Optional.empty();
    if (was.failure().isPresent()) {
      failed(was.failure().get());
    } else {
      problem = Optional.of(why);
    }
  }

  private synchronized void failed(Throwable cause) {
    if (closed) {
      return;
    }
    String why = String.valueOf(cause.getMessage());
    if (!problem.equals(Optional.of(why))) {
      ClientLog.notNamed(name, why);
    }
    problem = Optional.of(why);
    try {
      next =
          Optional.of(clock.schedule(this::open, backoff.next().toMillis(), TimeUnit.MILLISECONDS));
    } catch (RejectedExecutionException e) {
      // The client is being stopped.
    }
  }

  /** What is wrong with it, if anything. */
  synchronized Optional<String> problem() {
    return problem;
  }

  @Override
  public void close() {
    Optional<CompletableFuture<TunnelSession>> attempt;
    Optional<TunnelSession> session;
    synchronized (this) {
      closed = true;
      next.ifPresent(scheduled -> scheduled.cancel(false));
      attempt = opening;
      session = tunnel;
    }
    attempt.ifPresent(future -> future.cancel(true));
    session.ifPresent(TunnelSession::close);
  }
}
