package org.noports.store.mvstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.noports.api.AtSign;
import org.noports.api.health.Health;
import org.noports.api.health.HealthCheck;
import org.noports.api.store.AtSignStore;
import org.noports.api.store.AtStore;
import org.noports.api.store.StoreCapabilities;
import org.noports.api.store.StoreCare;
import org.noports.api.store.StoreReport;
import org.noports.store.mvstore.disk.Disk;
import org.noports.store.mvstore.disk.SystemDisk;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The default store: one file, one process. A change of settings is followed without a restart;
 * stopping writes what waits and closes the file.
 */
@Component(
    name = "org.noports.store.mvstore",
    service = {AtStore.class, StoreCare.class, HealthCheck.class},
    property = AtStore.ENGINE + "=mvstore",
    immediate = true)
@Designate(ocd = EmbeddedAtStore.Config.class)
public final class EmbeddedAtStore implements AtStore, StoreCare, HealthCheck {
  /** The settings of the PID {@code org.noports.store.mvstore}. */
  @ObjectClassDefinition(
      name = "NoPorts embedded store",
      description = "Keeps the data of all atSigns served here in one file and a journal.")
  public @interface Config {
    @AttributeDefinition(
        name = "File",
        description =
            "Path of the store's file, from the folder the process was started in. Made if missing,"
                + " readable by its owner only. A change opens the other file; nothing is copied.")
    String file() default "data/store/noports.mv.db";

    @AttributeDefinition(
        name = "Cache (MiB)",
        min = "1",
        max = "4096",
        description =
            "Memory for pages that were read. At least 1, since pages are read through it; above"
                + " 4096 the operating system's own cache does better.")
    int cacheMegabytes() default 32;

    @AttributeDefinition(
        name = "Tombstones (days)",
        min = "1",
        max = "3650",
        description =
            "How long a deletion is remembered. A device that syncs after a longer absence reads all"
                + " again. At least 1, so that a night offline costs nothing.")
    int tombstoneDays() default 90;

    @AttributeDefinition(
        name = "Remembered requests",
        min = "1000",
        max = "1000000",
        description =
            "How many requests of the last 10 minutes are remembered to answer a repeated one as the"
                + " first time. Each takes about 250 bytes of memory; fewer than 1000 would forget"
                + " requests that are still on their way.")
    int rememberedRequests() default 100000;

    @AttributeDefinition(
        name = "Journal (MiB)",
        min = "0",
        max = "1024",
        description =
            "How much may be in the journal only, before it is taken over into the file. It is held"
                + " in memory, too, about twice; so 0 stands for a 32nd of the JVM's memory, 4 to 64."
                + " The more it is, the more changes of one page are written together; more than"
                + " 1024 would take long to read again after a crash.")
    int journalMegabytes() default 0;

    @AttributeDefinition(
        name = "Checkpoint (seconds)",
        min = "1",
        max = "3600",
        description =
            "How long something may be in the journal only. At least 1, so that the file is not"
                + " written for every change; at most an hour, so that a quiet store has its journal"
                + " short.")
    int checkpointSeconds() default 60;
  }

  private final ExecutorService background;
  private final StoreEngine engine;
  private final EmbeddedCare care;

  /** Opens the store on a thread of its own. */
  @Activate
  public EmbeddedAtStore(Config config) {
    this(Settings.of(config), Clock.systemUTC(), new SystemDisk(), Optional.empty());
  }

  /** For tests: another clock, another disk, checkpoints on a thread that the test knows. */
  EmbeddedAtStore(Settings settings, Clock clock, Disk disk, Optional<Executor> checkpoints) {
    this.background =
        Executors.newSingleThreadExecutor(task -> new Thread(task, "noports-store-checkpoint"));
    this.engine = new StoreEngine(settings, clock, disk, checkpoints.orElse(background));
    this.care = new EmbeddedCare(engine, disk);
  }

  @Modified
  void modified(Config config) {
    settings(Settings.of(config));
  }

  void settings(Settings changed) {
    engine.settings(changed);
  }

  @Deactivate
  void close() {
    care.close();
    engine.close();
    background.shutdown();
  }

  @Override
  public StoreCapabilities capabilities() {
    return new StoreCapabilities(
        StoreCapabilities.Durability.MACHINE_CRASH, Limits.VALUE_BYTES, false, Duration.ZERO);
  }

  @Override
  public CompletionStage<Optional<AtSignStore>> open(AtSign atSign) {
    StoredSpace space = new StoredSpace(engine, atSign);
    return engine.read(
        view -> new SpaceReader(atSign).space(view).map(present -> (AtSignStore) space));
  }

  @Override
  public CompletionStage<AtSignStore> create(AtSign atSign) {
    StoredSpace space = new StoredSpace(engine, atSign);
    return engine.write(new MakeSpace(atSign), 0).thenApply(made -> space);
  }

  @Override
  public CompletionStage<Boolean> drop(AtSign atSign) {
    return engine.write(new DropSpace(requireNonNull(atSign, "atSign is null")), 0);
  }

  @Override
  public CompletionStage<List<AtSign>> atSigns(Optional<AtSign> after, int limit) {
    Limits.count(limit);
    byte[] from = after.map(it -> RowKeys.after(RowKeys.space(it))).orElseGet(() -> new byte[0]);
    return engine.read(view -> atSigns(view, from, limit));
  }

  private static List<AtSign> atSigns(View view, byte[] from, int limit) {
    RowCursor rows = view.rows(Table.SPACES).from(from);
    List<AtSign> found = new ArrayList<>();
    while (found.size() < limit && rows.hasNext()) {
      AtSign atSign = new AtSign(new String(rows.next(), UTF_8));
      if (!Space.decode(rows.value()).dropped()) {
        found.add(atSign);
      }
    }
    return List.copyOf(found);
  }

  @Override
  public CompletionStage<Optional<Long>> leader(String name, Duration lease) {
    requireNonNull(lease, "lease is null");
    return engine.write(new GrantLead(name), 0).thenApply(Optional::of);
  }

  @Override
  public CompletionStage<StoreReport> backup(Path file, Optional<AtSign> only) {
    requireNonNull(only, "only is null");
    return care.backup(file.toAbsolutePath().normalize(), only);
  }

  @Override
  public CompletionStage<StoreReport> restore(Path file, boolean replace) {
    return care.restore(file.toAbsolutePath().normalize(), replace);
  }

  @Override
  public CompletionStage<StoreReport> compact() {
    return care.compact();
  }

  @Override
  public String component() {
    return "org.noports.store.mvstore";
  }

  @Override
  public Health check() {
    return engine.health();
  }
}
