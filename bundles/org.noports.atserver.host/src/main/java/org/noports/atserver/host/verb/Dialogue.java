package org.noports.atserver.host.verb;

import static java.util.Objects.requireNonNull;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.noports.api.AtSign;
import org.noports.api.Subscription;
import org.noports.atserver.host.enrollment.Access;
import org.noports.atserver.host.enrollment.Enrollment;
import org.noports.atserver.host.tenant.Guests;
import org.noports.atserver.host.tenant.Limits;
import org.noports.atserver.host.tenant.Tenant;

/**
 * What is known of a connection between its commands: who speaks, what they were asked to sign.
 *
 * <p>Commands of one connection are answered one after the other, so no two verbs touch this at a
 * time; the fields are volatile because they may do so on different threads.
 */
public final class Dialogue implements Guests.Guest {
  /** The connection, as far as verbs need it. */
  public interface Wire {
    /** Sends a line that nobody asked for just now; any thread. */
    void push(String text);

    /** The peer's address, for reports. */
    String peer();

    /** The certificate that the peer has the key of, then those above it; trusted by nobody yet. */
    List<X509Certificate> certificates();

    /** It is known who speaks: another share than strangers have is theirs from now on. */
    void known();

    /** Hangs up, whatever is under way; any thread. */
    void end();

    /** Hangs up when that time has passed, however busy the connection is. */
    void endAfter(Duration time);

    /** Sets how long the connection may be silent. */
    void allowSilence(Duration silence);
  }

  /**
   * What {@code from} gave out, to be signed within a minute.
   *
   * @param by who claims to speak
   * @param proof fresh random text
   * @param nanos when it was given out, on the JVM's clock
   */
  record Challenge(AtSign by, String proof, long nanos) {
    private static final Duration LIFE = Duration.ofSeconds(60);

    static Challenge to(AtSign claimed) {
      return new Challenge(claimed, UUID.randomUUID().toString(), System.nanoTime());
    }

    boolean expired() {
      return System.nanoTime() - nanos > LIFE.toNanos();
    }
  }

  private final String session = "_" + UUID.randomUUID();
  private final Tenant tenant;
  private final Wire wire;
  private volatile Standing standing = new Standing.Stranger();
  private volatile Optional<Challenge> challenge = Optional.empty();
  private volatile Optional<Subscription> monitor = Optional.empty();
  private volatile boolean readsJsonErrors;
  private volatile boolean ending;
  private final EnrollmentThrottle throttle = new EnrollmentThrottle();
  private final Runnable end;
  private Optional<Subscription> enrolled = Optional.empty();
  private boolean closed;

  public Dialogue(Tenant tenant, Wire wire) {
    this.tenant = requireNonNull(tenant, "tenant is null");
    this.wire = requireNonNull(wire, "wire is null");
    this.end = wire::end;
    wire.allowSilence(tenant.limits().strangerIdle());
    tenant.guests().come(this);
  }

  @Override
  public String proof() {
    return standing.proof();
  }

  @Override
  public String peer() {
    return wire.peer();
  }

  /** How long the connection may be silent even if all places are taken. */
  public Duration leastSilence() {
    Limits limits = tenant.limits();
    return standing instanceof Standing.Stranger
        ? limits.crowdedStrangerIdle()
        : limits.crowdedOwnerIdle();
  }

  /** The atSign that is spoken to. */
  public Tenant tenant() {
    return tenant;
  }

  AtSign self() {
    return tenant.self();
  }

  Wire wire() {
    return wire;
  }

  /** The session's name; published in keys, so it begins with an underscore. */
  String session() {
    return session;
  }

  Standing standing() {
    return standing;
  }

  boolean isOwner() {
    return standing instanceof Standing.Owner;
  }

  /** Somebody has shown who they are. */
  synchronized void become(Standing shown) {
    standing = shown;
    if (shown instanceof Standing.Owner owner) {
      tenant.guests().shown(owner.proof(), tenant.records().now());
    }
    enrolled.ifPresent(Subscription::close);
    enrolled = Optional.empty();
    wire.allowSilence(tenant.limits().ownerIdle());
    wire.known();
  }

  /** Somebody has shown the keys of an enrollment; the connection ends with it. */
  void become(Enrollment enrollment) {
    become(new Standing.Owner(Standing.Owner.PKAM, enrollment.access()));
    enrollment
        .expiresAt()
        .map(end -> Duration.between(tenant.records().now(), end))
        .ifPresent(wire::endAfter);
    synchronized (this) {
      enrolled = Optional.of(tenant.enrolled().add(enrollment.id(), end));
      if (closed) {
        enrolled.get().close();
      }
    }
  }

  /** What the connection may touch; nothing is withheld from whoever has no enrollment. */
  Access access() {
    return standing instanceof Standing.Owner owner ? owner.access() : Access.FULL;
  }

  /** What hangs up on this connection. */
  Runnable end() {
    return end;
  }

  /** The connection ends with the answer that is under way. */
  void endWithAnswer() {
    ending = true;
  }

  boolean ending() {
    return ending;
  }

  EnrollmentThrottle throttle() {
    return throttle;
  }

  void challenge(Challenge given) {
    challenge = Optional.of(given);
  }

  /** The challenge, once: a second try needs a fresh one. */
  Optional<Challenge> takeChallenge() {
    Optional<Challenge> taken = challenge.filter(given -> !given.expired());
    challenge = Optional.empty();
    return taken;
  }

  boolean readsJsonErrors() {
    return readsJsonErrors;
  }

  void readsJsonErrors(boolean reads) {
    readsJsonErrors = reads;
  }

  boolean monitoring() {
    return monitor.isPresent();
  }

  /** Replaces what the connection listens to. */
  synchronized void monitor(Subscription listening) {
    monitor.ifPresent(Subscription::close);
    monitor = Optional.of(listening);
    if (closed) {
      listening.close();
    }
  }

  /** The connection is gone. */
  public synchronized void close() {
    closed = true;
    tenant.guests().go(this);
    monitor.ifPresent(Subscription::close);
    enrolled.ifPresent(Subscription::close);
  }
}
