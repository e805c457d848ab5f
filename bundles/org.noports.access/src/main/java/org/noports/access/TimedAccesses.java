package org.noports.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.noports.api.AtSign;
import org.noports.api.ConfigurationInvalid;
import org.noports.api.SessionRefused;
import org.noports.api.StoreFailed;
import org.noports.api.Subscription;
import org.noports.api.ValueNotFound;
import org.noports.api.access.AccessDesk;
import org.noports.api.access.AccessWish;
import org.noports.api.access.PlainLine;
import org.noports.api.access.TimedAccess;
import org.noports.api.health.Health;
import org.noports.api.health.HealthCheck;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Decision;
import org.noports.api.policy.Obligations;
import org.noports.api.policy.PolicyEvaluator;
import org.noports.api.policy.RequestKind;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Requests for access to the devices of this machine, and the evaluator that permits by what was
 * granted. One object from start to stop; asked by a device's {@code Policy} beside the rules.
 */
@Component(
    service = {AccessDesk.class, PolicyEvaluator.class, HealthCheck.class},
    immediate = true,
    configurationPid = AccessSettings.PID,
    property = PolicyEvaluator.NAME + "=access")
@Designate(ocd = AccessConfig.class)
public final class TimedAccesses implements AccessDesk, PolicyEvaluator, HealthCheck {
  /** How soon the end of a time is noticed by who did not ask; a look is a few comparisons. */
  private static final Duration TICK = Duration.ofSeconds(1);

  /** For a client that still waits. */
  private static final String UNDECIDED = "nobody decided in time";

  private final DeskDrawer drawer;
  private final AccessReceipts receipts;
  private final TellClient telling;
  private final Clock clock;
  private final Map<Object, Runnable> listeners = new ConcurrentHashMap<>();
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(
          1,
          task -> {
            Thread one = new Thread(task, "noports-access");
            one.setDaemon(true);
            return one;
          });
  private volatile Optional<AccessSettings> settings = Optional.empty();
  private volatile String problem = "";

  @Activate
  public TimedAccesses(@Reference Neighbours neighbours, AccessConfig config) {
    this(neighbours, Clock.systemUTC(), System::nanoTime);
    configure(config);
    thread.scheduleWithFixedDelay(
        this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** For tests, which bring their own time, and let it pass. */
  TimedAccesses(Neighbours neighbours, Clock clock, LongSupplier nanos) {
    this.clock = clock;
    this.drawer = new DeskDrawer(clock, nanos);
    this.receipts = new AccessReceipts(neighbours, clock);
    this.telling = new TellClient(neighbours);
  }

  @Modified
  synchronized void configure(AccessConfig config) {
    try {
      AccessSettings next = AccessSettings.of(config);
      settings = Optional.of(next);
      problem = "";
      AccessLog.configured(next);
      drawer.open(next.file());
      changed();
    } catch (ConfigurationInvalid e) {
      problem = e.getMessage();
      AccessLog.unreadable(problem);
    }
  }

  @Deactivate
  void stop() {
    thread.shutdownNow();
  }

  @Override
  public boolean hears(AtSign client) {
    return settings.filter(now -> now.hears(client)).isPresent();
  }

  @Override
  public void refuse(AccessWish wish, String why) {
    telling.denied(wish, why);
  }

  @Override
  public synchronized void take(AccessWish wish) throws SessionRefused, StoreFailed {
    Optional<TimedAccess> same = drawer.kept().find(wish.id());
    Optional<String> no = Objections.toAsking(wish, drawer.kept(), settings.orElseThrow());
    if (no.isPresent()) {
      telling.denied(wish, no.get());
      throw new SessionRefused(no.get());
    }
    if (same.isEmpty()) {
      drawer.keep(drawer.kept().with(new TimedAccess(wish, now(), Optional.empty())));
      receipts.asked(wish);
    }
    telling.standing(drawer.kept().find(wish.id()).orElseThrow());
  }

  @Override
  public List<TimedAccess> all() {
    return drawer.kept().all();
  }

  @Override
  public synchronized TimedAccess approve(String id, Optional<Duration> length)
      throws ValueNotFound, SessionRefused, StoreFailed {
    TimedAccess one = Meant.of(id, drawer.kept().waiting(), "waits");
    AccessSettings today = settings.orElseThrow();
    Optional<String> no = Objections.toGranting(one.wish(), drawer.kept(), today);
    if (no.isPresent()) {
      throw new SessionRefused(no.get());
    }
    Duration most = today.most(one.wish());
    Duration time = length.orElse(most);
    if (time.compareTo(AccessWish.SHORTEST) < 0 || time.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "Access is granted for what was asked for, and 'mostMinutes' at most: here "
              + most.toSeconds()
              + " s, or less");
    }
    var span = new TimedAccess.Span(now(), now().plus(time));
    TimedAccess granted = new TimedAccess(one.wish(), one.asked(), Optional.of(span));
    drawer.keep(drawer.kept().with(granted));
    drawer.running(granted, time);
    receipts.granted(granted, span);
    changed();
    telling.standing(granted);
    return granted;
  }

  @Override
  public synchronized TimedAccess deny(String id, String why) throws ValueNotFound, StoreFailed {
    if (!PlainLine.fits(why, AccessWish.MOST_REASON)) {
      throw new IllegalArgumentException(
          "A reason is one line of at most " + AccessWish.MOST_REASON + " characters");
    }
    TimedAccess one = Meant.of(id, drawer.kept().all(), "waits or is granted");
    Optional<StoreFailed> failure = drawer.putAway(List.of(one));
    boolean ran = one.granted().isPresent();
    receipts.gone(ran ? AccessReceipts.WITHDRAWN : AccessReceipts.DENIED, one, why);
    changed();
    telling.denied(one.wish(), why);
    if (failure.isPresent()) {
      throw new StoreFailed(
          failure.get().getMessage()
              + "; "
              + one.wish().id()
              + " is over, but a restart would bring it back until the file can be written, which"
              + " is tried all the time",
          failure.get());
    }
    return one;
  }

  /** Puts away what is over. */
  synchronized void tick() {
    if (settings.isEmpty()) {
      return;
    }
    drawer.writeAgain();
    List<TimedAccess> over = drawer.over(settings.get().waiting());
    if (over.isEmpty()) {
      return;
    }
    drawer.putAway(over);
    for (TimedAccess each : over) {
      boolean ran = each.granted().isPresent();
      receipts.gone(ran ? AccessReceipts.OVER : AccessReceipts.LAPSED, each, "");
    }
    changed();
    over.stream()
        .filter(each -> each.granted().isEmpty())
        .forEach(each -> telling.denied(each.wish(), UNDECIDED));
  }

  /** As the file keeps it. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** What a listener throws is its own affair: the others hear, and the clock is looked at on. */
  private void changed() {
    for (Runnable listener : listeners.values()) {
      try {
        listener.run();
      } catch (RuntimeException | Error e) {
        AccessLog.listenerFailed(e);
      }
    }
  }

  @Override
  public CompletionStage<Decision> decide(AccessRequest request) {
    Decision granted = drawer.decide(request);
    boolean mayPing =
        request.kind() == RequestKind.PING
            && settings.filter(now -> now.names(request.client())).isPresent();
    return CompletableFuture.completedFuture(
        mayPing && !(granted instanceof Decision.Permit)
            ? new Decision.Permit(
                JudgeAccess.ASKERS, List.of(), Obligations.NONE, "", Optional.empty())
            : granted);
  }

  @Override
  public boolean knows(AtSign client) {
    return settings.filter(now -> now.names(client)).isPresent()
        || drawer.kept().granted().stream().anyMatch(it -> it.wish().client().equals(client));
  }

  @Override
  public Subscription onChange(Runnable listener) {
    Object key = new Object();
    listeners.put(key, listener);
    return () -> listeners.remove(key);
  }

  @Override
  public String component() {
    return AccessSettings.PID;
  }

  @Override
  public Health check() {
    String wrong = drawer.problem();
    if (!wrong.isEmpty()) {
      return Health.down(wrong);
    }
    if (!problem.isEmpty()) {
      return Health.degraded(problem + "; the settings before it stay in force");
    }
    KeptAccesses now = drawer.kept();
    return Health.ok(
        settings.map(AccessSettings::words).orElse("nobody")
            + " may ask for access; "
            + now.waiting().size()
            + " wait, "
            + now.granted().size()
            + " are granted");
  }
}
