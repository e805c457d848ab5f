package org.noports.stories;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.noports.stories.DemoSessions.bundle;
import static org.noports.stories.DemoSessions.echoed;
import static org.noports.stories.DemoSessions.failure;
import static org.noports.stories.DemoSessions.patient;
import static org.noports.stories.DemoSessions.result;
import static org.noports.stories.DemoSessions.set;
import static org.noports.stories.DemoSessions.to;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.inject.Inject;
import org.apache.karaf.features.FeaturesService;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.noports.api.CipherUnavailable;
import org.noports.api.SessionRefused;
import org.noports.api.health.Health;
import org.noports.api.health.HealthCheck;
import org.noports.api.relay.RelaySide;
import org.noports.api.session.HandshakeListener;
import org.noports.api.session.HandshakeStep;
import org.noports.api.session.Receipt;
import org.noports.api.session.SessionFacts;
import org.noports.api.session.Sessions;
import org.noports.api.session.TunnelSession;
import org.noports.api.session.Tunnels;
import org.noports.api.stream.ByteStream;
import org.noports.api.tunnel.Level;
import org.noports.api.tunnel.Suite;
import org.noports.api.tunnel.SuiteChange;
import org.noports.api.world.Demo;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.cm.ConfigurationAdmin;

/** A whole world in one JVM: the demo, and algorithms that go and come back while it stands. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class OneJvmIT {
  /** All but the sample's are there already, as parts of others: they stay when these go. */
  private static final List<String> PLUG_INS =
      List.of(
          SampleFeature.NAME,
          "noports-cipher-classic",
          "noports-cipher-modern",
          "noports-cipher-pq",
          "noports-policy",
          "noports-ssh");

  @Inject private Demo demo;
  @Inject private FeaturesService features;
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
    patient(configurations);
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
    Bundle classic = bundle(context, "org.noports.cipher.classic");
    try (EchoService echo = EchoService.start();
        TunnelSession session = result(tunnels.open(to(echo.port()), HandshakeListener.SILENT));
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
          failure(tunnels.open(to(echo.port()), HandshakeListener.SILENT)).getClass());
      classic.start();
      assertEquals("after", echoed(open, "after"));
      try (TunnelSession healed = result(tunnels.open(to(echo.port()), HandshakeListener.SILENT));
          ByteStream next = result(healed.connect())) {
        assertEquals("healed", echoed(next, "healed"));
      }
    } finally {
      classic.start();
    }
  }

  @Test
  public void withoutPostQuantumCiphersSessionsAreOfLevelTwoAndSaySo() throws Exception {
    Bundle pq = bundle(context, "org.noports.cipher.pq");
    try (EchoService echo = EchoService.start();
        TunnelSession session = result(tunnels.open(to(echo.port()), HandshakeListener.SILENT));
        ByteStream open = result(session.connect())) {
      assertEquals(Level.L3, session.facts().level());
      assertTrue(session.facts().receipt().orElseThrow().postQuantumAuthenticated());
      pq.stop();
      assertEquals("without", echoed(open, "without"));
      try (TunnelSession less = result(tunnels.open(to(echo.port()), HandshakeListener.SILENT));
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
      try (TunnelSession again = result(tunnels.open(to(echo.port()), HandshakeListener.SILENT))) {
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
  public void levelFiveIsOneSettingAndInTheReceiptOfBothEnds() throws Exception {
    set(configurations, "org.noports.cipher.catalogue", "profile", "level5");
    try (EchoService echo = EchoService.start();
        TunnelSession session = result(tunnels.open(to(echo.port()), HandshakeListener.SILENT));
        ByteStream open = result(session.connect())) {
      assertEquals("of level 5", echoed(open, "of level 5"));
      Receipt ours = session.facts().receipt().orElseThrow();
      assertEquals(Suite.of("mlkem1024+sha384+aes256gcm"), ours.suite());
      assertEquals(ours.lines(), atDevice(session).lines());
      assertTrue(ours.secrecy(), ours.secrecy().startsWith("post-quantum (ML-KEM-1024 alone"));
      assertEquals(
          "nothing else is offered to move to",
          CipherUnavailable.class,
          failure(rekey(session, Suite.X_WING_AES_256_GCM)).getClass());
    } finally {
      set(configurations, "org.noports.cipher.catalogue", "profile", "");
    }
    try (EchoService echo = EchoService.start();
        TunnelSession usual = result(tunnels.open(to(echo.port()), HandshakeListener.SILENT))) {
      assertEquals(Suite.X_WING_AES_256_GCM, usual.facts().receipt().orElseThrow().suite());
    }
  }

  private Receipt atDevice(TunnelSession session) throws Exception {
    return all(Sessions.class).stream()
        .flatMap(each -> each.running().stream())
        .filter(
            facts -> facts.side() == RelaySide.DEVICE && facts.id().equals(session.facts().id()))
        .findFirst()
        .flatMap(SessionFacts::receipt)
        .orElseThrow();
  }

  private CompletionStage<SuiteChange> rekey(TunnelSession session, Suite suite) throws Exception {
    return all(Sessions.class).stream()
        .flatMap(each -> each.rekey(session.facts().id(), Optional.of(suite)).stream())
        .findFirst()
        .orElseThrow();
  }

  private <T> List<T> all(Class<T> type) throws Exception {
    return context.getServiceReferences(type, null).stream().map(context::getService).toList();
  }

  @Test
  public void anUpdatedCipherAndFeaturesThatComeAndGoRestartNobodyElse() throws Exception {
    var others = new CopyOnWriteArrayList<String>();
    SynchronousBundleListener watch =
        event -> {
          String name = String.valueOf(event.getBundle().getSymbolicName());
          if (!name.equals("org.noports.cipher.pq") && !name.startsWith("com.example.")) {
            others.add(name + " " + event.getType());
          }
        };
    try (EchoService echo = EchoService.start();
        TunnelSession session = result(tunnels.open(to(echo.port()), HandshakeListener.SILENT));
        ByteStream open = result(session.connect())) {
      context.addBundleListener(watch);
      bundle(context, "org.noports.cipher.pq").update();
      assertEquals("after the update", echoed(open, "after the update"));
      assertTrue(session.facts().receipt().orElseThrow().changes().toString(), hasMoved(session));
      features.addRepository(SampleFeature.write(), false);
      for (String plugIn : PLUG_INS) {
        features.installFeature(plugIn);
        assertEquals(plugIn, echoed(open, plugIn));
        features.uninstallFeature(plugIn);
        assertEquals("without " + plugIn, echoed(open, "without " + plugIn));
      }
      assertEquals(List.of(), List.copyOf(others));
    } finally {
      context.removeBundleListener(watch);
    }
  }

  /** By its own receipt: off what was updated, and back, or to the new revision at once. */
  private static boolean hasMoved(TunnelSession session) {
    return !session.facts().receipt().orElseThrow().changes().isEmpty();
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
}
