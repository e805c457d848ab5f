package org.noports.atserver;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.noports.api.DirectoryUnavailable;
import org.noports.api.IdentityUnusable;
import org.noports.api.directory.AtDirectory;
import org.noports.api.identity.Identities;
import org.noports.transport.EventLoops;

/**
 * What all sessions share: threads, settings, and the services that come and go beside us. A
 * session asks each time it needs one, so that the restart of another bundle cuts nothing.
 */
final class Surroundings {
  private final EventLoops loops;
  private final Executor blocking;
  private final TrustedTls tls = new TrustedTls();
  private final AtomicReference<Identities> identities = new AtomicReference<>();
  private final AtomicReference<AtDirectory> directory = new AtomicReference<>();
  private final ValueCodecs codecs = new ValueCodecs();
  private final Clock clock;
  private volatile AtServerSettings settings;

  /**
   * @param loops of one thread: sessions share it, so their state needs no locks
   * @param blocking for files and signatures
   * @param clock this machine's
   */
  Surroundings(EventLoops loops, Executor blocking, AtServerSettings settings, Clock clock) {
    this.loops = requireNonNull(loops, "loops is null");
    this.blocking = requireNonNull(blocking, "blocking is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  Clock clock() {
    return clock;
  }

  EventLoops loops() {
    return loops;
  }

  Executor blocking() {
    return blocking;
  }

  TrustedTls tls() {
    return tls;
  }

  ValueCodecs codecs() {
    return codecs;
  }

  AtServerSettings settings() {
    return settings;
  }

  void change(AtServerSettings changed) {
    settings = requireNonNull(changed, "changed is null");
  }

  void identitiesCame(Identities service) {
    identities.set(service);
  }

  void identitiesLeft(Identities service) {
    identities.compareAndSet(service, null);
  }

  void directoryCame(AtDirectory service) {
    directory.set(service);
  }

  void directoryLeft(AtDirectory service) {
    directory.compareAndSet(service, null);
  }

  Identities identities() throws IdentityUnusable {
    return Optional.ofNullable(identities.get())
        .orElseThrow(
            () ->
                new IdentityUnusable(
                    "No identities on this instance now: start the bundle org.noports.identity"));
  }

  AtDirectory directory() throws DirectoryUnavailable {
    return Optional.ofNullable(directory.get())
        .orElseThrow(
            () ->
                new DirectoryUnavailable(
                    "No atDirectory client on this instance now: start the bundle"
                        + " org.noports.directory"));
  }
}
