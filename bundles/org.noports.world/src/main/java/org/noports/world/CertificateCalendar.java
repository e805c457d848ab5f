package org.noports.world;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.noports.api.NoPortsException;
import org.noports.api.health.Health;
import org.noports.api.health.HealthCheck;
import org.noports.api.identity.CertificateAuthority;
import org.noports.api.world.WorldCertificates;
import org.noports.api.world.WorldCertificates.CertificateLife;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Looks several times a day whether a certificate of the configured world ends soon. */
@Component(
    immediate = true,
    configurationPid = CertificateCalendar.NAME,
    service = HealthCheck.class)
@Designate(ocd = CertificateCalendar.Configuration.class)
public final class CertificateCalendar implements HealthCheck {
  static final String NAME = "org.noports.world";

  /** Often enough that a day without this machine costs nothing. */
  private static final long HOURS_BETWEEN_LOOKS = 6;

  /** A new generation must reach every machine before the old one ends. */
  private static final Duration AUTHORITY_WARNING = Duration.ofDays(365);

  private final ScheduledExecutorService timer;
  private final Clock clock;
  private volatile Optional<WorldCertificates> certificates = Optional.empty();
  private volatile Settings settings = new Settings(Optional.empty(), Duration.ZERO);
  private volatile Health health = Health.ok("No world's certificates are renewed here");
  private Optional<Future<?>> looks = Optional.empty();

  private record Settings(Optional<Path> world, Duration ahead) {}

  /** Whose certificates are renewed, and when. */
  @ObjectClassDefinition(
      name = "World",
      description = "Certificates of a world whose folder with the private CA is on this machine.")
  public @interface Configuration {
    /** The world's folder. */
    @AttributeDefinition(
        name = "World folder",
        description =
            "The folder that noports:world-init made, if this machine keeps it: its certificates are"
                + " then renewed by themselves. Empty for none.")
    String folder() default "";

    /** Days before the end. */
    @AttributeDefinition(
        name = "Renew before, days",
        description =
            "A certificate is renewed when it ends within so many days. Fewer than 2 leave no time"
                + " to notice that it failed; more than 400 would renew all the time.",
        min = "2",
        max = "400")
    int renewBeforeDays() default 30;
  }

  public CertificateCalendar() {
    this(Clock.systemUTC());
  }

  CertificateCalendar(Clock clock) {
    this.clock = requireNonNull(clock, "clock is null");
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "noports-world-certificates");
              thread.setDaemon(true);
              return thread;
            });
  }

  @Activate
  @Modified
  synchronized void configure(Configuration configuration) {
    String folder = configuration.folder().trim();
    settings =
        new Settings(
            folder.isEmpty() ? Optional.empty() : Optional.of(Path.of(folder)),
            Duration.ofDays(Math.max(2, Math.min(400, configuration.renewBeforeDays()))));
    looks.ifPresent(look -> look.cancel(false));
    looks =
        settings
            .world()
            .map(
                world ->
                    timer.scheduleWithFixedDelay(
                        this::look, 0, HOURS_BETWEEN_LOOKS, TimeUnit.HOURS));
    if (looks.isEmpty()) {
      health = Health.ok("No world's certificates are renewed here");
    }
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindCertificates(WorldCertificates service) {
    certificates = Optional.of(service);
    if (settings.world().isPresent()) {
      timer.execute(this::look);
    }
  }

  void unbindCertificates(WorldCertificates service) {
    if (certificates.filter(service::equals).isPresent()) {
      certificates = Optional.empty();
    }
  }

  private void look() {
    Optional<WorldCertificates> present = certificates;
    Settings now = settings;
    if (present.isEmpty() || now.world().isEmpty()) {
      return;
    }
    try {
      List<CertificateLife> lives = present.get().renew(now.world().get(), now.ahead());
      lives.stream().filter(CertificateLife::renewed).forEach(WorldLog::certificateRenewed);
      health = told(lives);
    } catch (NoPortsException e) {
      health = Health.degraded(e.getMessage());
      WorldLog.renewalFailed(e.getMessage());
    }
  }

  private Health told(List<CertificateLife> lives) {
    CertificateLife first =
        lives.stream()
            .min((a, b) -> a.ends().compareTo(b.ends()))
            .orElseThrow(() -> new IllegalStateException("A world has a CA"));
    String sentence = "The first certificate to end is " + first.file() + ", at " + first.ends();
    boolean authority = first.file().endsWith(CertificateAuthority.CA_CERTIFICATE);
    boolean soon = first.ends().isBefore(clock.instant().plus(AUTHORITY_WARNING));
    return authority && soon
        ? Health.degraded(sentence + ": make a new generation with noports:world-rotate")
        : Health.ok(sentence);
  }

  @Override
  public String component() {
    return NAME;
  }

  @Override
  public Health check() {
    return health;
  }

  @Deactivate
  void stop() {
    timer.shutdownNow();
  }
}
