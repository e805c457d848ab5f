package org.noports.stories;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.noports.stories.DemoSessions.await;
import static org.noports.stories.DemoSessions.bundle;
import static org.noports.stories.DemoSessions.echoed;
import static org.noports.stories.DemoSessions.holds;
import static org.noports.stories.DemoSessions.patient;
import static org.noports.stories.DemoSessions.result;
import static org.noports.stories.DemoSessions.secondDeviceOfLevelOne;
import static org.noports.stories.DemoSessions.set;

import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.inject.Inject;
import javax.management.ObjectName;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.noports.api.HostPort;
import org.noports.api.SessionId;
import org.noports.api.Target;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.cipher.KeyAgreement;
import org.noports.api.relay.RelaySide;
import org.noports.api.session.HandshakeListener;
import org.noports.api.session.Receipt;
import org.noports.api.session.Sessions;
import org.noports.api.session.TunnelRequest;
import org.noports.api.session.TunnelSession;
import org.noports.api.session.Tunnels;
import org.noports.api.stream.ByteStream;
import org.noports.api.tunnel.Forward;
import org.noports.api.tunnel.Level;
import org.noports.api.tunnel.LocalAddress;
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
import org.osgi.framework.BundleEvent;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.cm.ConfigurationAdmin;

/** Cipher bundles come, go and are replaced under sessions that carry data all the time. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class CiphersComeAndGoIT {
  private static final List<Suite> SUITES =
      List.of(
          Suite.X25519_CHACHA20_POLY1305,
          Suite.X_WING_AES_256_GCM,
          Suite.X25519_AES_256_GCM,
          Suite.X_WING_CHACHA20_POLY1305);

  private static final int SWAPS = 30;
  private static final int ROUNDS = 100;

  @Inject private Demo demo;
  @Inject private Tunnels tunnels;
  @Inject private BundleContext context;
  @Inject private ConfigurationAdmin configurations;
  @Inject private CipherCatalogue ciphers;

  private final ConcurrentLinkedQueue<String> restarted = new ConcurrentLinkedQueue<>();
  private final Set<String> mayRestart = new HashSet<>();
  private SynchronousBundleListener watch;

  @Configuration
  public Option[] container() {
    return Container.options();
  }

  @Before
  public void theDemoRuns() throws Exception {
    patient(configurations);
    result(demo.run((part, took) -> {}, HandshakeListener.SILENT));
    watch =
        event -> {
          String name = String.valueOf(event.getBundle().getSymbolicName());
          if ((event.getType() & (BundleEvent.STARTED | BundleEvent.STOPPED)) != 0
              && !mayRestart.contains(name)
              && !name.startsWith(CipherCopies.NAME)) {
            restarted.add(name + " " + event.getType());
          }
        };
    context.addBundleListener(watch);
  }

  @After
  public void nobodyElseWasRestarted() {
    context.removeBundleListener(watch);
    assertEquals(List.of(), List.copyOf(restarted));
  }

  @Test
  public void twoGibibytesPassUnchangedThroughThirtyChangesOfTheirSuite() throws Exception {
    mayRestart.add("org.noports.cipher.pq");
    secondDeviceOfLevelOne(configurations);
    try (HashingSink sink = HashingSink.start();
        HashingSink plain = HashingSink.start();
        DatagramEcho echo = DatagramEcho.start();
        TunnelSession session = open(request("dev1", sink.port()));
        TunnelSession beside = open(request("dev2", plain.port()));
        TunnelSession datagrams = open(request("dev1", sink.port()).forwarding(to(echo)))) {
      assertEquals(Level.L1, beside.facts().level());
      Load load = Load.start(port(session.facts().local().orElseThrow()), SWAPS + 2, 64);
      Load slow = Load.start(port(beside.facts().local().orElseThrow()), 4, 64);
      var talk = DatagramEcho.talk(port(datagrams.facts().forwards().get(0)));
      slow.letPass(4);
      for (int swap = 0; swap < SWAPS; swap++) {
        load.letPass(1);
        change(swap, session.facts().id(), datagrams.facts().id());
      }
      load.letPass(2);
      assertEquals("2 GiB by TCP", load.hash(), sink.hash());
      assertEquals("256 MiB by L1 beside it", slow.hash(), plain.hash());
      assertTrue("datagrams", talk.end() > SWAPS);
      for (TunnelSession each : List.of(session, datagrams)) {
        assertSwapsAreInBothReceipts(each);
      }
    }
  }

  /** Somebody asks for the next suite; before some, a bundle goes under the last and comes back. */
  private void change(int swap, SessionId... sessions) throws Exception {
    Suite next = SUITES.get(swap % SUITES.size());
    if (swap % 8 == 2) {
      Bundle pq = bundle(context, "org.noports.cipher.pq");
      pq.stop();
      pq.start();
      await("it is back", () -> isPresent(KeyAgreement.X_WING));
    }
    for (SessionId id : sessions) {
      result(rekey(id, next));
    }
  }

  private boolean isPresent(String agreement) {
    return ciphers.present().stream().anyMatch(what -> what.name().equals(agreement));
  }

  private CompletionStage<SuiteChange> rekey(SessionId id, Suite suite) throws Exception {
    for (ServiceReference<Sessions> each : context.getServiceReferences(Sessions.class, null)) {
      Optional<CompletionStage<SuiteChange>> found =
          context.getService(each).rekey(id, Optional.of(suite));
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw new AssertionError("session " + id + " does not run");
  }

  private void assertSwapsAreInBothReceipts(TunnelSession session) throws Exception {
    Receipt ours = session.facts().receipt().orElseThrow();
    assertEquals("one link all the time", 1, ours.history().size());
    List<SuiteChange> swaps = ours.changes().stream().filter(SuiteChange::isSwap).toList();
    assertTrue("swaps " + swaps.size(), swaps.size() >= SWAPS);
    assertEquals(
        Set.copyOf(SUITES), swaps.stream().map(SuiteChange::suite).collect(Collectors.toSet()));
    SessionId id = session.facts().id();
    // The other end may still be writing the last one down.
    await(
        "the device has written it down",
        () -> atDevice(id).lines().equals(session.facts().receipt().orElseThrow().lines()));
    assertEquals(session.facts().receipt().orElseThrow().lines(), atDevice(id).lines());
    assertTrue(ours.lines().toString(), ours.lines().toString().contains("swapped"));
  }

  private Receipt atDevice(SessionId id) {
    try {
      return context.getServiceReferences(Sessions.class, null).stream()
          .flatMap(each -> context.getService(each).running().stream())
          .filter(facts -> facts.side() == RelaySide.DEVICE && facts.id().equals(id))
          .findFirst()
          .flatMap(facts -> facts.receipt())
          .orElseThrow();
    } catch (org.osgi.framework.InvalidSyntaxException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  public void aCipherBundleThatWasUsedAHundredTimesLeavesNothingBehind() throws Exception {
    set(configurations, "org.noports.relay.server", "maxSessionsPerClient", "1000");
    set(configurations, "org.noports.relay.server", "maxPortsPerClient", "2000");
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    try (EchoService echo = EchoService.start()) {
      for (int round = 0; round < ROUNDS; round++) {
        loaders.add(useOnce(CipherCopies.make(round), echo));
      }
    }
    boolean unloaded =
        holds(
            Duration.ofSeconds(30),
            () -> {
              System.gc();
              return left(loaders) <= 1;
            });
    if (!unloaded) {
      Path dump = Path.of("leaked-ciphers.hprof").toAbsolutePath();
      ManagementFactory.getPlatformMBeanServer()
          .invoke(
              new ObjectName("com.sun.management:type=HotSpotDiagnostic"),
              "dumpHeap",
              new Object[] {dump.toString(), true},
              new String[] {"java.lang.String", "boolean"});
      throw new AssertionError(left(loaders) + " class loaders are still held: " + dump);
    }
  }

  private static long left(List<WeakReference<ClassLoader>> loaders) {
    return loaders.stream().filter(loader -> loader.get() != null).count();
  }

  /** One session has it, and must do without it while it is open. */
  private WeakReference<ClassLoader> useOnce(Path jar, EchoService echo) throws Exception {
    Bundle bundle = context.installBundle(jar.toUri().toString());
    try (TunnelSession session = startAndOpen(bundle, echo);
        ByteStream stream = result(session.connect())) {
      SuiteChange change = result(rekey(session.facts().id(), CipherCopies.SUITE));
      assertTrue(change.providers(), change.providers().contains(bundle.getSymbolicName()));
      assertEquals("under it", echoed(stream, "under it"));
      var loader = new WeakReference<>(bundle.adapt(BundleWiring.class).getClassLoader());
      bundle.uninstall();
      assertTrue(
          session.facts().receipt().orElseThrow().suite() + " is not what was uninstalled",
          !session.facts().receipt().orElseThrow().suite().equals(CipherCopies.SUITE));
      assertEquals("without it", echoed(stream, "without it"));
      refresh(bundle);
      return loader;
    }
  }

  private TunnelSession startAndOpen(Bundle bundle, EchoService echo) throws Exception {
    bundle.start();
    return open(request("dev1", echo.port()));
  }

  private void refresh(Bundle bundle) throws Exception {
    var refreshed = new CountDownLatch(1);
    context
        .getBundle(0)
        .adapt(FrameworkWiring.class)
        .refreshBundles(
            List.of(bundle),
            event -> {
              if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                refreshed.countDown();
              }
            });
    assertTrue(refreshed.await(30, TimeUnit.SECONDS));
  }

  private TunnelSession open(TunnelRequest request) throws Exception {
    return result(tunnels.open(request, HandshakeListener.SILENT));
  }

  private static TunnelRequest request(String device, int port) {
    return DemoSessions.to(device, port, Optional.of(LocalAddress.Port.loopback(0)));
  }

  private static List<Forward> to(DatagramEcho echo) {
    return List.of(
        new Forward.Udp(
            LocalAddress.Port.loopback(0), new Target.Tcp(new HostPort("localhost", echo.port()))));
  }

  private static int port(Object listening) {
    return listening instanceof Forward.Udp udp
        ? udp.at().port()
        : ((LocalAddress.Port) listening).port();
  }
}
