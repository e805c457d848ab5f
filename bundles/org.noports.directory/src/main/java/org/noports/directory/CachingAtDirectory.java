package org.noports.directory;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.noports.api.AtSign;
import org.noports.api.DirectoryUnavailable;
import org.noports.api.HostPort;
import org.noports.api.directory.AtDirectory;
import org.noports.api.health.Health;
import org.noports.api.health.HealthCheck;
import org.noports.api.network.OutgoingProxy;
import org.noports.transport.EventLoops;
import org.noports.transport.TlsClient;
import org.noports.transport.WayOut;
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

/** Asks the atDirectory, remembers what it said, and asks once however many want to know. */
@Component(
    configurationPid = "org.noports.directory",
    service = {AtDirectory.class, HealthCheck.class},
    immediate = true)
@Designate(ocd = CachingAtDirectory.Config.class)
public final class CachingAtDirectory implements AtDirectory, HealthCheck {
  /** The settings of the PID {@code org.noports.directory}. */
  @ObjectClassDefinition(
      name = "NoPorts directory look-ups",
      description = "Which atDirectory says where an atSign's atServer is.")
  public @interface Config {
    @AttributeDefinition(
        name = "Address",
        description =
            "host:port of the atDirectory; without a port 64. With 'proxy:' in front nothing is"
                + " looked up: every atServer is taken to be there.")
    String address() default "root.atsign.org:64";

    @AttributeDefinition(
        name = "Trust",
        description =
            "Comma list of PEM files, or folders with *.pem files, of CAs to trust beside those of"
                + " the JDK. Read again when they change.")
    String trust() default "etc/trust";

    @AttributeDefinition(
        name = "Cache (s)",
        min = "0",
        max = "604800",
        description =
            "How long an answer is good; an atServer that cannot be reached is looked up again"
                + " before that. At most a week, so that one that moved is found.")
    int cacheSeconds() default 3600;

    @AttributeDefinition(
        name = "Timeout (s)",
        min = "1",
        max = "60",
        description =
            "How long a look-up may take in all. At least 1, since a connection needs several"
                + " round trips.")
    int timeoutSeconds() default 2;
  }

  /** All that belongs to one configuration. */
  private record Asking(Settings settings, DirectoryPlace place, Trust trust, Cache cache) {}

  private final WayOut wayOut;
  private final EventLoops loops;
  private final ExecutorService files;
  private final LongSupplier nanoTime;
  private volatile Optional<Asking> asking = Optional.empty();
  private volatile Optional<String> refused = Optional.empty();
  private volatile Optional<String> trouble = Optional.empty();

  @Activate
  public CachingAtDirectory(Config config) {
    this(Settings.of(config), System::nanoTime, new WayOut());
  }

  /** For tests: another clock, another way out. */
  CachingAtDirectory(Settings settings, LongSupplier nanoTime, WayOut wayOut) {
    this.nanoTime = nanoTime;
    this.wayOut = wayOut;
    this.loops = EventLoops.start("noports-directory", 1, wayOut);
    ThreadPoolExecutor one =
        new ThreadPoolExecutor(
            1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), CachingAtDirectory::thread);
    one.allowCoreThreadTimeOut(true);
    this.files = one;
    apply(settings);
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "noports-directory-files");
    thread.setDaemon(true);
    return thread;
  }

  @Modified
  void modified(Config config) {
    apply(Settings.of(config));
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindProxy(OutgoingProxy service) {
    wayOut.come(service);
  }

  void unbindProxy(OutgoingProxy service) {
    wayOut.go(service);
  }

  /** An address that is none changes nothing but the health. */
  void apply(Settings settings) {
    refused = Optional.empty();
    if (asking.isPresent() && asking.get().settings().equals(settings)) {
      return;
    }
    try {
      DirectoryPlace place = DirectoryPlace.of(settings.address());
      asking =
          Optional.of(
              new Asking(
                  settings,
                  place,
                  new Trust(settings.trust()),
                  new Cache(settings.cache(), nanoTime)));
      trouble = Optional.empty();
    } catch (IllegalArgumentException e) {
      String sentence =
          "'address' in org.noports.directory names no atDirectory: " + e.getMessage();
      DirectoryLog.refused(sentence);
      refused = Optional.of(sentence);
    }
  }

  @Deactivate
  void stop() {
    files.shutdownNow();
    loops.close();
  }

  @Override
  public CompletionStage<HostPort> find(AtSign atSign) {
    requireNonNull(atSign, "atSign is null");
    if (asking.isEmpty()) {
      return CompletableFuture.failedStage(
          new DirectoryUnavailable(refused.orElse("Look-ups are not configured yet")));
    }
    Asking now = asking.get();
    return now.place().everywhere()
        ? CompletableFuture.completedStage(now.place().address())
        : now.cache().get(atSign, name -> ask(now, name));
  }

  private CompletionStage<HostPort> ask(Asking now, AtSign atSign) {
    try {
      return CompletableFuture.supplyAsync(() -> client(now), files)
          .thenCompose(
              tls ->
                  new LookUp(now.place().address(), atSign, now.settings().timeout())
                      .start(loops, tls))
          .whenComplete((found, failure) -> note(now, failure));
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedStage(
          new DirectoryUnavailable("Look-ups have been stopped here; start org.noports.directory"));
    }
  }

  private static TlsClient client(Asking now) {
    try {
      return now.trust().client();
    } catch (IOException e) {
      throw new CompletionException(
          new DirectoryUnavailable(
              "No atDirectory can be asked: "
                  + e.getMessage()
                  + "; mend that file, or 'trust' in org.noports.directory",
              e));
    }
  }

  private void note(Asking now, Throwable failure) {
    Throwable why = failure instanceof CompletionException ? failure.getCause() : failure;
    if (asking.filter(it -> it == now).isEmpty()) {
      return;
    }
    if (why instanceof DirectoryUnavailable) {
      if (trouble.isEmpty()) {
        // Each caller is told; the log hears of the first and of the end of it.
        DirectoryLog.unavailable(why.getMessage());
      }
      trouble = Optional.of(why.getMessage());
    } else if (trouble.isPresent()) {
      DirectoryLog.available(now.settings().address());
      trouble = Optional.empty();
    }
  }

  @Override
  public void forget(AtSign atSign) {
    asking.ifPresent(now -> now.cache().forget(atSign));
  }

  @Override
  public String component() {
    return "org.noports.directory";
  }

  @Override
  public Health check() {
    if (asking.isEmpty()) {
      return Health.down(refused.orElse("Look-ups are not configured yet"));
    }
    String address = asking.get().settings().address();
    return refused
        .map(why -> why + "; " + address + " stays in use")
        .or(() -> trouble)
        .map(Health::degraded)
        .orElseGet(() -> Health.ok("Asks the atDirectory " + address));
  }
}
