package org.noports.proxy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.noports.api.HostPort;
import org.noports.api.Secret;
import org.noports.api.health.Health;
import org.noports.api.health.HealthCheck;
import org.noports.api.network.OutgoingProxy;
import org.noports.api.network.Route;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The way out as configured. A setting that cannot be used changes nothing; if there was none
 * before it, nothing goes out, since going directly is what the setting was to prevent. Open
 * connections are never touched.
 */
@Component(
    service = {OutgoingProxy.class, HealthCheck.class},
    immediate = true,
    configurationPid = ConfiguredProxy.PID)
@Designate(ocd = ConfiguredProxy.Config.class)
public final class ConfiguredProxy implements OutgoingProxy, HealthCheck {
  static final String PID = "org.noports.proxy";

  /** Keys of {@code org.noports.proxy.cfg}. */
  @ObjectClassDefinition(
      name = "NoPorts outgoing proxy",
      description = "How connections to the atDirectory, atServers and relays leave this machine.")
  public @interface Config {
    @AttributeDefinition(
        name = "URL",
        description =
            "http://HOST:PORT (CONNECT) or socks5://HOST:PORT; empty for none. The proxy looks up"
                + " host names, we do not.")
    String url() default "";

    @AttributeDefinition(name = "User", description = "Who we are to the proxy, if it asks.")
    String user() default "";

    @AttributeDefinition(
        name = "Password file",
        description =
            "File with that user's password and nothing else. Only its owner may read it; read"
                + " again when it changes.")
    String passwordFile() default "";

    @AttributeDefinition(
        name = "Reached directly",
        description =
            "List with semicolons: a host name, an address, a network as 10.0.0.0/8, or .example.org for all"
                + " names below it. This machine itself by default: no proxy could reach it for us.")
    String noProxy() default "localhost;127.0.0.0/8;::1";
  }

  private static final int LOOK_SECONDS = 1;

  /** A proxy with the password that was read for it, and when that was written. */
  private record InForce(ProxySettings settings, Route.Through through, FileTime written) {}

  private final ScheduledThreadPoolExecutor eyes =
      new ScheduledThreadPoolExecutor(
          1,
          task -> {
            Thread thread = new Thread(task, "noports-proxy-files");
            thread.setDaemon(true);
            return thread;
          });
  private volatile Optional<InForce> inForce = Optional.empty();
  private volatile Optional<ProxySettings> wanted = Optional.empty();
  private volatile Optional<String> trouble = Optional.empty();
  private volatile boolean everApplied;

  @Activate
  public ConfiguredProxy(Config config) {
    apply(config);
    eyes.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
  }

  @Modified
  synchronized void apply(Config config) {
    try {
      wanted = ProxySettings.of(config);
      read();
    } catch (IllegalArgumentException e) {
      wanted = Optional.empty();
      tell(e.getMessage());
    }
  }

  /** Reads the password file if it has changed, or could not be used. */
  private synchronized void look() {
    boolean stale =
        wanted.isPresent()
            && wanted.get().passwordFile().isPresent()
            && (trouble.isPresent()
                || inForce.isEmpty()
                || !written(wanted.get()).equals(inForce.get().written()));
    if (stale) {
      read();
    }
  }

  private void read() {
    try {
      // Taken before reading: a change meanwhile differs from it and is seen the next time.
      Optional<FileTime> written = wanted.map(ConfiguredProxy::written);
      Optional<InForce> fresh = Optional.empty();
      if (wanted.isPresent()) {
        fresh = Optional.of(new InForce(wanted.get(), through(wanted.get()), written.get()));
      }
      inForce.ifPresent(ConfiguredProxy::wipe);
      inForce = fresh;
      trouble = Optional.empty();
      everApplied = true;
      ProxyLog.inForce(sentence());
    } catch (IOException e) {
      tell(e.getMessage());
    }
  }

  private static FileTime written(ProxySettings settings) {
    try {
      return settings.passwordFile().isPresent()
          ? Files.getLastModifiedTime(settings.passwordFile().get())
          : FileTime.fromMillis(0);
    } catch (IOException e) {
      // Reading it will say why.
      return FileTime.fromMillis(-1);
    }
  }

  private static Route.Through through(ProxySettings settings) throws IOException {
    Optional<Route.Login> login = Optional.empty();
    if (settings.user().isPresent() && settings.passwordFile().isPresent()) {
      Secret password = PasswordFile.read(settings.passwordFile().get());
      login = Optional.of(new Route.Login(settings.user().get(), password));
    }
    return new Route.Through(settings.protocol(), settings.proxy(), login);
  }

  private static void wipe(InForce old) {
    old.through().login().ifPresent(login -> login.password().close());
  }

  private void tell(String why) {
    if (!trouble.equals(Optional.of(why))) {
      ProxyLog.unusable(PID + ".cfg: " + why);
    }
    trouble = Optional.of(why);
  }

  @Override
  public Route route(HostPort target) {
    Optional<InForce> now = inForce;
    if (now.isPresent()) {
      return now.get().settings().bypass().contains(target.host())
          ? Route.DIRECT
          : now.get().through();
    }
    return everApplied
        ? Route.DIRECT
        : new Route.Closed(closed(trouble.orElse("it is being read, try again")));
  }

  private static String closed(String why) {
    return "the proxy setting cannot be used, so nothing goes out: " + why + " (" + PID + ".cfg)";
  }

  @Deactivate
  synchronized void stop() {
    eyes.shutdownNow();
    inForce.ifPresent(ConfiguredProxy::wipe);
  }

  private String sentence() {
    return inForce
        .map(it -> "Connections go out through " + it.through() + ", but for 'noProxy'")
        .orElse("Connections go out directly: no proxy is set");
  }

  @Override
  public String component() {
    return PID;
  }

  @Override
  public Health check() {
    return trouble
        .map(
            why ->
                everApplied
                    ? Health.degraded(why + "; before that: " + sentence())
                    : Health.down(closed(why)))
        .orElseGet(() -> Health.ok(sentence()));
  }
}
