package org.noports.world;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.noports.api.ConfigurationInvalid;
import org.noports.api.NoPortsException;
import org.noports.api.health.Health;
import org.noports.api.health.HealthCheck;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;

/** The parts of this JVM as the demo meets them: waits until one is there, or until it is well. */
final class Parts {
  /** A part that does not stand after this long will not. */
  static final Duration LIMIT = Duration.ofSeconds(30);

  private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final BundleContext context;

  Parts(BundleContext context) {
    this.context = context;
  }

  /** The service of {@code type}; waits for it. */
  <T> T service(Class<T> type) throws NoPortsException {
    return service(type, any -> true);
  }

  /** The first service of {@code type} that {@code wanted} accepts; waits for it. */
  <T> T service(Class<T> type, Predicate<T> wanted) throws NoPortsException {
    long end = System.nanoTime() + LIMIT.toNanos();
    do {
      Optional<T> found = present(type).filter(wanted).findFirst();
      if (found.isPresent()) {
        return found.get();
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    } while (System.nanoTime() < end && !Thread.currentThread().isInterrupted());
    throw new ConfigurationInvalid(
        "The demo waited "
            + LIMIT.toSeconds()
            + " s for "
            + type.getSimpleName()
            + " and it did not come; noports:health and the log say why");
  }

  /** What is there is kept in use, so that it stays active for as long as the demo runs. */
  private <T> Stream<T> present(Class<T> type) {
    try {
      return context.getServiceReferences(type, null).stream()
          .map(context::getService)
          .filter(Objects::nonNull);
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException("No filter is no invalid filter", e);
    }
  }

  /** Waits until the part named {@code component} says that it is well. */
  void well(String component) throws NoPortsException {
    service(
        HealthCheck.class,
        check -> check.component().equals(component) && check.check().status() == Health.Status.OK);
  }
}
