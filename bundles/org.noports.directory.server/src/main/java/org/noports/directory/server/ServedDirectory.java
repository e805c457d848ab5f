package org.noports.directory.server;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.noports.api.AtSign;
import org.noports.api.HostPort;
import org.noports.api.StoreFailed;
import org.noports.api.directory.DirectoryRecords;
import org.noports.api.health.Health;
import org.noports.api.health.HealthCheck;
import org.noports.api.store.AtStore;
import org.noports.transport.EventLoops;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;

/**
 * An atDirectory that runs here: answers look-ups and takes its operator's records. Without a
 * configuration there is none. A changed setting touches the port only if it is about the port.
 */
@Component(
    configurationPid = "org.noports.directory.server",
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    service = {DirectoryRecords.class, HealthCheck.class},
    immediate = true)
@Designate(ocd = DirectoryServerConfig.class)
public final class ServedDirectory implements DirectoryRecords, HealthCheck {
  private static final int LOOK_MILLIS = 500;

  private final EventLoops loops = EventLoops.start("noports-directory-server", 0);
  private final ScheduledExecutorService eyes =
      new ScheduledThreadPoolExecutor(
          1,
          task -> {
            Thread thread = new Thread(task, "noports-directory-server-files");
            thread.setDaemon(true);
            return thread;
          });
  private final Listener listener = new Listener(loops, () -> this.settings, this::lookUp);
  private volatile Settings settings;
  private final AtomicReference<AtStore> store = new AtomicReference<>();
  private volatile Records records;

  @Activate
  public ServedDirectory(DirectoryServerConfig config) {
    this(Settings.of(config));
  }

  /** For tests. */
  ServedDirectory(Settings settings) {
    apply(settings);
    eyes.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Modified
  void modified(DirectoryServerConfig config) {
    apply(Settings.of(config));
  }

  void apply(Settings changed) {
    settings = changed;
    if (!isKept(changed)) {
      records =
          changed.inStore()
              ? new StoredRecords(() -> Optional.ofNullable(store.get()))
              : new RecordsFile(changed.records());
    }
    look();
  }

  private boolean isKept(Settings wanted) {
    return wanted.inStore()
        ? records instanceof StoredRecords
        : records instanceof RecordsFile file && file.file().equals(wanted.records());
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindStore(AtStore service) {
    store.set(service);
  }

  void unbindStore(AtStore service) {
    store.compareAndSet(service, null);
  }

  private void look() {
    records.look();
    listener.tend();
  }

  @Deactivate
  void stop() {
    eyes.shutdownNow();
    listener.close();
    loops.close();
  }

  private Optional<String> lookUp(String bare) {
    return Optional.ofNullable(records.answers().get(bare));
  }

  @Override
  public void register(AtSign atSign, HostPort atServer) throws StoreFailed {
    records.register(atSign, atServer);
  }

  @Override
  public boolean remove(AtSign atSign) throws StoreFailed {
    return records.remove(atSign);
  }

  @Override
  public HostPort address() {
    Settings now = settings;
    Optional<InetSocketAddress> bound = listener.address();
    if (bound.isEmpty() && now.port() == 0) {
      throw new IllegalStateException("The atDirectory does not listen: " + check().message());
    }
    return bound
        .map(it -> new HostPort(it.getHostString(), it.getPort()))
        .orElseGet(() -> new HostPort(now.bindAddress(), now.port()));
  }

  @Override
  public Map<AtSign, HostPort> all() {
    return records.all();
  }

  @Override
  public String component() {
    return "org.noports.directory.server";
  }

  @Override
  public Health check() {
    return listener
        .problem()
        .orElseGet(
            () -> {
              Health ofRecords = records.health();
              return new Health(
                  ofRecords.status(),
                  "Answers on " + address() + "; " + ofRecords.message() + listener.keptOff());
            });
  }
}
