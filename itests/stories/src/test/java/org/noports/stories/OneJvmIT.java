package org.noports.stories;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.inject.Inject;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.DeviceName;
import org.noports.api.SessionRefused;
import org.noports.api.Target;
import org.noports.api.health.Health;
import org.noports.api.health.HealthCheck;
import org.noports.api.session.HandshakeListener;
import org.noports.api.session.HandshakeStep;
import org.noports.api.session.Receipt;
import org.noports.api.session.TunnelRequest;
import org.noports.api.session.TunnelSession;
import org.noports.api.session.Tunnels;
import org.noports.api.stream.ByteStream;
import org.noports.api.tunnel.Level;
import org.noports.api.world.Demo;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;

/** A whole world in one JVM: the demo, and algorithms that go and come back while it stands. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class OneJvmIT {
  @Inject private Demo demo;
  @Inject private Tunnels tunnels;
  @Inject private BundleContext context;
  @Inject private ConfigurationAdmin configurations;

  private final List<HandshakeStep> steps = new CopyOnWriteArrayList<>();
  private Demo.Outcome outcome;

  @Configuration
  public Option[] container() {
    return Container.options();
  }

  @Before
  public void theDemoRuns() throws Exception {
    outcome = result(demo.run((part, took) -> {}, (step, took, detail) -> steps.add(step)));
  }

  @Test
  public void aClientRunsACommandOnADeviceThatHasNoOpenPort() {
    assertTrue(outcome.result().output(), outcome.result().output().startsWith("Hello from"));
    assertEquals(0, outcome.result().exitStatus());
    assertEquals(Level.L3, outcome.client().level());
    assertEquals(outcome.client().receipt(), outcome.device().receipt());
    assertEquals(Optional.of("managers"), outcome.device().rule());
    assertTrue(
        steps.toString(),
        steps.containsAll(List.of(HandshakeStep.RELAY_ASKED, HandshakeStep.READY)));
  }

  @Test
  public void anAlgorithmThatLeavesEndsNoConnectionAndHealsWhenItComesBack() throws Exception {
    Bundle classic = bundle("org.noports.cipher.classic");
    try (EchoService echo = EchoService.start();
        TunnelSession session = result(tunnels.open(to(echo), HandshakeListener.SILENT));
        ByteStream open = result(session.connect())) {
      assertEquals("before", echoed(open, "before"));
      classic.stop();
      assertEquals("without", echoed(open, "without"));
      try (ByteStream more = result(session.connect())) {
        assertEquals(
            "a session needs its own algorithms only",
            echoed(more, "a session needs its own algorithms only"));
      }
      assertEquals(
          "the device cannot verify a request any more",
          SessionRefused.class,
          failure(tunnels.open(to(echo), HandshakeListener.SILENT)).getClass());
      classic.start();
      assertEquals("after", echoed(open, "after"));
      try (TunnelSession healed = result(tunnels.open(to(echo), HandshakeListener.SILENT));
          ByteStream next = result(healed.connect())) {
        assertEquals("healed", echoed(next, "healed"));
      }
    } finally {
      classic.start();
    }
  }

  @Test
  public void withoutPostQuantumCiphersSessionsAreOfLevelTwoAndSaySo() throws Exception {
    Bundle pq = bundle("org.noports.cipher.pq");
    try (EchoService echo = EchoService.start();
        TunnelSession session = result(tunnels.open(to(echo), HandshakeListener.SILENT));
        ByteStream open = result(session.connect())) {
      assertEquals(Level.L3, session.facts().level());
      assertTrue(session.facts().receipt().orElseThrow().postQuantumAuthenticated());
      pq.stop();
      assertEquals("without", echoed(open, "without"));
      try (TunnelSession less = result(tunnels.open(to(echo), HandshakeListener.SILENT));
          ByteStream next = result(less.connect())) {
        assertEquals("less", echoed(next, "less"));
        assertEquals(Level.L2, less.facts().level());
        Receipt receipt = less.facts().receipt().orElseThrow();
        assertTrue(receipt.secrecy(), receipt.secrecy().startsWith("classical (X25519"));
        assertFalse(receipt.clientProviders(), receipt.clientProviders().contains("cipher.pq"));
        assertEquals(Receipt.Signers.RSA_ONLY, receipt.signers());
      }
      pq.start();
      assertEquals("after", echoed(open, "after"));
      try (TunnelSession again = result(tunnels.open(to(echo), HandshakeListener.SILENT))) {
        assertEquals(Level.L3, again.facts().level());
        Receipt receipt = again.facts().receipt().orElseThrow();
        assertTrue(receipt.secrecy(), receipt.secrecy().startsWith("hybrid (X25519"));
        assertTrue(receipt.authentication(), receipt.postQuantumAuthenticated());
      }
    } finally {
      pq.start();
    }
  }

  @Test
  public void aForeignBundleOpensATunnelThroughTheApiAlone() throws Exception {
    Bundle gateway = context.installBundle("file:" + System.getProperty("noports.gatewaySample"));
    gateway.start();
    try (EchoService greeter = EchoService.greeting("welcome\n")) {
      Dictionary<String, Object> settings = new Hashtable<>();
      settings.put("to", "localhost:" + greeter.port());
      configurations.getConfiguration("com.example.gateway", "?").update(settings);
      assertEquals(
          Health.ok("localhost:" + greeter.port() + " of dev1@device says welcome"),
          healthOf("com.example.gateway"));
    } finally {
      gateway.uninstall();
    }
  }

  /** What the part says once it no longer says that it is on its way. */
  private Health healthOf(String component) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    Health health = Health.degraded("not there");
    while (health.status() == Health.Status.DEGRADED && System.nanoTime() < end) {
      for (ServiceReference<HealthCheck> check :
          context.getServiceReferences(HealthCheck.class, null)) {
        HealthCheck part = context.getService(check);
        if (part != null && part.component().equals(component)) {
          health = part.check();
        }
      }
    }
    return health;
  }

  private static TunnelRequest to(EchoService echo) {
    return new TunnelRequest(
        AtSign.of("@alice"),
        new DeviceAddress(AtSign.of("@device"), DeviceName.of("dev1")),
        AtSign.of("@relay"),
        Target.of("localhost:" + echo.port()),
        Optional.empty(),
        false,
        TunnelRequest.DEFAULT_GRACE);
  }

  private static String echoed(ByteStream stream, String text) throws Exception {
    result(stream.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
    ByteBuffer back = ByteBuffer.allocate(text.length());
    while (back.hasRemaining()) {
      assertTrue("bytes come back", result(stream.read(back)) > 0);
    }
    return StandardCharsets.UTF_8.decode(back.flip()).toString();
  }

  private Bundle bundle(String name) {
    return Arrays.stream(context.getBundles())
        .filter(bundle -> name.equals(bundle.getSymbolicName()))
        .findFirst()
        .orElseThrow();
  }

  private static Throwable failure(CompletionStage<?> stage) {
    return assertThrows(ExecutionException.class, () -> result(stage)).getCause();
  }

  private static <T> T result(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}
