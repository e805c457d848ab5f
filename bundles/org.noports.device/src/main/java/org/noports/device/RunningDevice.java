package org.noports.device;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.noports.api.AtSign;
import org.noports.api.EnrollmentEnded;
import org.noports.api.HostPort;
import org.noports.api.atserver.AtServerSession;
import org.noports.api.atserver.AtServers;
import org.noports.api.ssh.AuthorizedKeys;

/**
 * One device at work: hears its clients, announces itself, holds its sessions. Its parts come and
 * go under it; only {@link #close} ends its sessions.
 */
final class RunningDevice implements AutoCloseable {
  static final Duration TICK = Duration.ofSeconds(10);

  /** Where sshd is unless the configuration says otherwise. */
  private static final HostPort SSHD = new HostPort("localhost", 22);

  private final Neighbours neighbours;
  private final DeviceThreads threads = DeviceThreads.start();
  private final DeviceSessions sessions;
  private final ReviewSessions reviews;
  private final SessionRequests requests;
  private final OurSignatures signatures;
  private final Announce announce;
  private final SoleDevice sole = new SoleDevice();
  private Optional<AtServers> atServers = Optional.empty();
  private Optional<DeviceSettings> settings = Optional.empty();
  private Optional<Listening> listening = Optional.empty();

  /**
   * @param tick how often it looks whom to tell that it is there, and whether its name is its own
   */
  RunningDevice(Neighbours neighbours, DeviceInfo info, Clock clock, Duration tick) {
    this.neighbours = neighbours;
    Receipts receipts = new Receipts(neighbours, clock);
    Freshness freshness = Freshness.by(clock);
    this.signatures = new OurSignatures(neighbours);
    Policy policy = new Policy(neighbours, threads.evaluators(), clock, this::required);
    ResolveTarget names = new ResolveTarget(threads.lookUps());
    this.sessions = new DeviceSessions(receipts::ended);
    this.reviews =
        new ReviewSessions(neighbours, policy, this::settings, sessions, clock, threads.own());
    this.announce = new Announce(neighbours, info, clock);
    this.requests =
        new SessionRequests(
            this::settings,
            sole,
            new AnswerPing(neighbours, policy, receipts, info, freshness.nonces()),
            new MeasureRelays(neighbours, policy, receipts),
            new AdmitSession(
                neighbours,
                policy,
                names,
                reviews,
                new AdmitStream(
                    neighbours, policy, names, reviews, this::settings, sessions, receipts),
                sessions,
                receipts,
                freshness,
                signatures,
                threads.own()),
            new AcceptPublicKey(neighbours, policy, receipts, threads.own()),
            new TakeAccessRequest(neighbours, receipts, threads.desk()),
            () -> neighbours.authorizedKeys().map(AuthorizedKeys::sshd).orElse(SSHD),
            receipts);
    long millis = tick.toMillis();
    threads.own().scheduleWithFixedDelay(this::tick, millis, millis, TimeUnit.MILLISECONDS);
  }

  /**
   * Takes new settings. Sessions stay as they were admitted; where the device listens for them is
   * measured by the new list.
   */
  synchronized void configure(DeviceSettings next) {
    boolean moved = settings.isEmpty() || !settings.get().address().equals(next.address());
    settings = Optional.of(next);
    announce.again();
    threads.own().execute(sessions::review);
    reviews.changed(Duration.ZERO);
    if (moved) {
      listen();
    } else {
      threads.own().execute(this::tick);
    }
  }

  /** Hears nobody until it is configured again; sessions stay. */
  synchronized void rest() {
    settings = Optional.empty();
    hush();
  }

  synchronized void arrived(AtServers service) {
    atServers = Optional.of(service);
    listen();
  }

  synchronized void departed(AtServers service) {
    if (atServers.filter(service::equals).isPresent()) {
      atServers = Optional.empty();
      hush();
    }
  }

  /** Our atServer takes the keys of {@code self} no more: if it is ours, all ends. */
  void enrollmentEnded(AtSign self, EnrollmentEnded reason) {
    synchronized (this) {
      if (settings.filter(ours -> ours.address().atSign().equals(self)).isEmpty()) {
        return;
      }
      listen();
    }
    sessions.endAll(reason.getMessage());
  }

  private void listen() {
    hush();
    if (atServers.isPresent() && settings.isPresent()) {
      Listening next =
          new Listening(
              atServers.get(),
              settings.get().address(),
              threads.own(),
              requests::hear,
              post -> threads.own().execute(() -> begun(post)));
      listening = Optional.of(next);
      next.start();
    }
  }

  private void hush() {
    listening.ifPresent(Listening::close);
    listening = Optional.empty();
  }

  private void begun(AtServerSession post) {
    DeviceSettings device = settings();
    signatures.publish(post, device);
    sole.claim(post, device);
    tick();
  }

  private void tick() {
    Optional<AtServerSession> post;
    Optional<DeviceSettings> device;
    synchronized (this) {
      post = listening.flatMap(Listening::session);
      device = settings;
    }
    if (post.isPresent() && device.isPresent()) {
      try {
        sole.tick(post.get(), device.get());
        signatures.tick(post.get(), device.get());
        if (sole.restingFor().isEmpty()) {
          announce.tick(post.get(), device.get());
        }
      } catch (RuntimeException e) {
        // An evaluator may be anybody's code; a failure of it must not end the ticking.
        DeviceLog.notTicking(device.get().address(), e);
      }
    }
  }

  private synchronized DeviceSettings settings() {
    return settings.orElseThrow();
  }

  DeviceSessions sessions() {
    return sessions;
  }

  /** Evaluators that it must not do without. */
  private synchronized Set<String> required() {
    return settings.map(DeviceSettings::requireEvaluators).orElse(Set.of());
  }

  /** What its user should set right; empty if nothing. */
  synchronized Optional<String> odd() {
    return settings.flatMap(
        device ->
            sole.restingFor()
                .map(
                    other ->
                        device.address()
                            + " runs already as "
                            + other
                            + "; this one answers nobody until that one has gone. Give one of the"
                            + " two another 'name'")
                .or(() -> Evaluators.missing(neighbours.evaluators().all(), required()))
                .or(announce::odd));
  }

  /** Why it cannot hear its clients; empty if it can. */
  synchronized Optional<String> deaf() {
    return listening.isPresent()
        ? listening.get().problem()
        : Optional.of("org.noports.atserver is not running here");
  }

  /** Stops hearing and ends all sessions. */
  @Override
  public void close() {
    synchronized (this) {
      Optional<AtServerSession> post = listening.flatMap(Listening::session);
      post.ifPresent(last -> settings.ifPresent(device -> sole.leave(last, device)));
      hush();
    }
    reviews.close();
    sessions.close("the device was stopped");
    threads.close();
  }
}
