package org.noports.stories;

import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.DeviceName;
import org.noports.api.Target;
import org.noports.api.session.TunnelRequest;
import org.noports.api.stream.ByteStream;
import org.noports.api.tunnel.LocalAddress;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;

/** What stories in the container have in common that open sessions in the demo's world. */
final class DemoSessions {
  private DemoSessions() {}

  /** To a port of this machine, with streams that the caller opens. */
  static TunnelRequest to(int port) {
    return to("dev1", port);
  }

  static TunnelRequest to(String device, int port) {
    return to(device, port, Optional.empty());
  }

  static TunnelRequest to(String device, int port, Optional<LocalAddress> local) {
    return new TunnelRequest(
        AtSign.of("@alice"),
        new DeviceAddress(AtSign.of("@device"), DeviceName.of(device)),
        AtSign.of("@relay"),
        Target.of("localhost:" + port),
        local,
        false,
        TunnelRequest.DEFAULT_GRACE);
  }

  /** As the demo's, but one that cannot do NP2: {@code dev2}. */
  static void secondDeviceOfLevelOne(ConfigurationAdmin configurations) throws IOException {
    Dictionary<String, Object> settings =
        configurations.getFactoryConfiguration("org.noports.device", "dev1", "?").getProperties();
    settings.put("name", "dev2");
    settings.put("np2", "false");
    configurations.getFactoryConfiguration("org.noports.device", "dev2", "?").update(settings);
  }

  /** A machine that builds meanwhile may take longer for an answer than people wait. */
  static void patient(ConfigurationAdmin configurations) throws IOException {
    set(configurations, "org.noports.client", "relayTimeoutSeconds", "30");
  }

  static void set(ConfigurationAdmin configurations, String pid, String key, String value)
      throws IOException {
    var configuration = configurations.getConfiguration(pid, "?");
    Dictionary<String, Object> settings = configuration.getProperties();
    settings.put(key, value);
    configuration.update(settings);
  }

  /** What comes back when it is sent. */
  static String echoed(ByteStream stream, String text) throws Exception {
    result(stream.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
    ByteBuffer back = ByteBuffer.allocate(text.length());
    while (back.hasRemaining()) {
      assertTrue("bytes come back", result(stream.read(back)) > 0);
    }
    return StandardCharsets.UTF_8.decode(back.flip()).toString();
  }

  static Bundle bundle(BundleContext context, String name) {
    return Arrays.stream(context.getBundles())
        .filter(bundle -> name.equals(bundle.getSymbolicName()))
        .findFirst()
        .orElseThrow();
  }

  /** The testkit does not come along into the container. */
  static void await(String what, BooleanSupplier condition) throws InterruptedException {
    assertTrue(what, holds(Duration.ofSeconds(60), condition));
  }

  /** Looks again and again until it is so. */
  static boolean holds(Duration within, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + within.toNanos();
    CountDownLatch never = new CountDownLatch(1);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end || never.await(20, TimeUnit.MILLISECONDS)) {
        return false;
      }
    }
    return true;
  }

  static Throwable failure(CompletionStage<?> stage) {
    return assertThrows(ExecutionException.class, () -> result(stage)).getCause();
  }

  static <T> T result(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}
