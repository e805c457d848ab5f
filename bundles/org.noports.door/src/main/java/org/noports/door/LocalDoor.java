package org.noports.door;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.karaf.features.BootFinished;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.noports.api.health.Health;
import org.noports.api.health.HealthCheck;
import org.noports.door.wire.DoorPlace;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Opens the door once the instance has all its parts, and closes it when the instance stops.
 *
 * <p>System properties, set by the launcher: {@code noports.instance} (its name), {@code
 * noports.run} (the socket's folder), {@code noports.auto} ({@code true} where a command started
 * it).
 */
@Component(
    immediate = true,
    configurationPid = "org.noports.door",
    configurationPolicy = ConfigurationPolicy.OPTIONAL)
@Designate(ocd = DoorSettings.Config.class)
public final class LocalDoor implements HealthCheck, Instance {
  private final DoorLog log = new DoorLog();
  private final Instant since = Instant.now();
  private final BundleContext context;
  private final String name;
  private volatile DoorSettings settings;
  private volatile Health health = Health.down("The door has not been opened.");
  private Optional<DoorSocket> socket = Optional.empty();
  private Optional<DoorLoop> loop = Optional.empty();
  private volatile Optional<IdleWatch> idle = Optional.empty();

  @Activate
  public LocalDoor(
      BundleContext context,
      DoorSettings.Config config,
      @Reference SessionFactory sessions,
      @Reference BootFinished booted) {
    this.context = context;
    name = property(context, "noports.instance", property(context, "karaf.name", "default"));
    settings = DoorSettings.of(config);
    ControlWork control = new ControlWork(context, sessions, this, log);
    Work raw = new RawWork(RawWork.registeredIn(context));
    open(
        context,
        new Works(new CommandWork(sessions, log), new ConsoleWork(sessions), raw, control));
    if (Boolean.parseBoolean(property(context, "noports.auto", "false"))) {
      idle =
          Optional.of(
              new IdleWatch(
                  () -> settings.idle(), () -> callers() + control.sessions() > 0, this::endIdle));
    }
  }

  @Modified
  void modified(DoorSettings.Config config) {
    settings = DoorSettings.of(config);
  }

  @Deactivate
  void close() {
    stay();
    loop.ifPresent(DoorLoop::close);
    socket.ifPresent(DoorSocket::close);
  }

  private void open(BundleContext context, Work work) {
    try {
      DoorPlace place = DoorPlace.of(name, environment(context));
      DoorSocket opened = DoorSocket.open(place);
      socket = Optional.of(opened);
      PeerCheck check =
          new PeerCheck(DoorPlace.me(), Path.of("/etc/group"), () -> settings.group());
      DoorLoop started =
          new DoorLoop(opened.listener(), check::of, new Workers(work, log), () -> settings, log);
      started.start();
      loop = Optional.of(started);
      health = Health.ok("The command line reaches this instance at " + opened.path() + ".");
      log.opened(opened.path());
    } catch (IOException e) {
      socket.ifPresent(DoorSocket::close);
      health = Health.down("The command line cannot reach this instance: " + e.getMessage());
      log.stayedShut(e);
    }
  }

  private void endIdle() {
    log.idle(settings.idle());
    end();
  }

  @Override
  public void end() {
    try {
      context.getBundle(0).stop();
    } catch (BundleException e) {
      log.broken(e);
    }
  }

  private static Map<String, String> environment(BundleContext context) {
    Map<String, String> environment = new HashMap<>(System.getenv());
    String folder = property(context, "noports.run", "");
    if (!folder.isBlank()) {
      environment.put("NOPORTS_RUN", folder);
    }
    return environment;
  }

  private static String property(BundleContext context, String key, String otherwise) {
    String value = context.getProperty(key);
    return value == null ? otherwise : value;
  }

  @Override
  public String component() {
    return "org.noports.door";
  }

  @Override
  public Health check() {
    return health;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Instant since() {
    return since;
  }

  @Override
  public int callers() {
    return loop.map(DoorLoop::callers).orElse(0);
  }

  @Override
  public String ends() {
    return idle.isPresent()
        ? "after " + settings.idle().toMinutes() + " min without callers and sessions"
        : "when told to (noports down)";
  }

  @Override
  public void stay() {
    idle.ifPresent(IdleWatch::close);
    idle = Optional.empty();
  }
}
