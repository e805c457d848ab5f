package org.noports.stories;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.noports.stories.DemoSessions.await;
import static org.noports.stories.DemoSessions.echoed;
import static org.noports.stories.DemoSessions.failure;
import static org.noports.stories.DemoSessions.patient;
import static org.noports.stories.DemoSessions.result;
import static org.noports.stories.DemoSessions.to;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.inject.Inject;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.noports.api.health.Health;
import org.noports.api.health.HealthCheck;
import org.noports.api.session.HandshakeListener;
import org.noports.api.session.TunnelSession;
import org.noports.api.session.Tunnels;
import org.noports.api.stream.ByteStream;
import org.noports.api.world.Demo;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.cm.ConfigurationAdmin;

/** Policy bundles that nobody knows, dropped into deploy/ of an instance that runs. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class PolicyPlugInsIT {
  private static final String HOURS = "com.example.hours";
  private static final String EVERY_DAY = "mon,tue,wed,thu,fri,sat,sun";

  /** In the container; whoever starts it has no such thing. */
  private static final Path EVENTS =
      Path.of(System.getProperty("karaf.data", ""), "audit", "events.jsonl");

  @Inject private Demo demo;
  @Inject private Tunnels tunnels;
  @Inject private BundleContext context;
  @Inject private ConfigurationAdmin configurations;

  private final List<String> others = new CopyOnWriteArrayList<>();
  private final SynchronousBundleListener listener = this::heard;

  @Configuration
  public Option[] container() {
    return Container.options();
  }

  private static Path deploy() {
    return Path.of(System.getProperty("karaf.base"), "deploy");
  }

  private void heard(BundleEvent event) {
    String name = event.getBundle().getSymbolicName();
    if (!name.startsWith("com.example.")) {
      others.add(name + " " + event.getType());
    }
  }

  @Before
  public void theDemoRuns() throws Exception {
    patient(configurations);
    result(demo.run((part, took) -> {}, (step, took, detail) -> {}));
    // As the launcher makes it; Pax Exam takes it away before it starts the container.
    Files.createDirectories(deploy());
    Files.setPosixFilePermissions(deploy(), PosixFilePermissions.fromString("rwx------"));
    context.addBundleListener(listener);
  }

  @After
  public void whatWasDroppedGoes() throws Exception {
    context.removeBundleListener(listener);
    RogueBundle.free();
    Files.deleteIfExists(deploy().resolve("hours.jar"));
    Files.deleteIfExists(deploy().resolve("policy.jar"));
    await("they are gone", () -> !isThere(HOURS) && !isThere("com.example.policy"));
  }

  private boolean isThere(String bundle) {
    return find(bundle).isPresent();
  }

  private Optional<Bundle> find(String bundle) {
    return Arrays.stream(context.getBundles())
        .filter(each -> bundle.equals(each.getSymbolicName()))
        .filter(each -> each.getState() == Bundle.ACTIVE)
        .findFirst();
  }

  private void openOn(String days) throws IOException {
    Dictionary<String, Object> settings = new Hashtable<>();
    settings.put("days", days);
    settings.put("from", "00:00");
    settings.put("to", "24:00");
    configurations.getConfiguration(HOURS, "?").update(settings);
  }

  private static void drop(String sample, String name) throws Exception {
    Path fresh = deploy().resolveSibling(name);
    Files.copy(Path.of(System.getProperty(sample)), fresh);
    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-r--r--"));
    Files.move(fresh, deploy().resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  private void refusedBy(String rule, EchoService echo) {
    refusedBy(rule, echo.port());
  }

  private void refusedBy(String rule, int port) {
    Throwable refusal = failure(tunnels.open(to(port), HandshakeListener.SILENT));
    assertTrue(refusal.toString(), refusal.toString().contains("rule '" + rule + "'"));
  }

  private Health whoDecides() {
    try {
      for (ServiceReference<HealthCheck> check :
          context.getServiceReferences(HealthCheck.class, null)) {
        HealthCheck part = context.getService(check);
        if (part != null && part.component().equals("org.noports.device/who decides")) {
          return part.check();
        }
      }
    } catch (InvalidSyntaxException e) {
      throw new AssertionError(e);
    }
    return Health.down("nobody");
  }

  @Test
  public void hoursCloseWhatRunsAndWhatComesAndTakingThemAwayOpens() throws Exception {
    openOn("");
    try (EchoService echo = EchoService.start();
        TunnelSession session = result(tunnels.open(to(echo.port()), HandshakeListener.SILENT));
        ByteStream stream = result(session.connect())) {
      assertEquals("before", echoed(stream, "before"));
      drop("noports.hoursSample", "hours.jar");
      String end = result(session.ended());
      refusedBy("business-hours", echo);
      assertTrue(end, end.contains("does not permit it any more"));
      Files.delete(deploy().resolve("hours.jar"));
      await("it is gone", () -> !isThere(HOURS));
      try (TunnelSession next = result(tunnels.open(to(echo.port()), HandshakeListener.SILENT));
          ByteStream again = result(next.connect())) {
        assertEquals("after", echoed(again, "after"));
      }
    }
    assertEquals("no other bundle noticed", List.of(), others);
  }

  @Test
  public void aChangeOfTheHoursTakesEffectOnWhatRunsAndAnUpdateCutsNothing() throws Exception {
    openOn(EVERY_DAY);
    drop("noports.hoursSample", "hours.jar");
    await("it is asked", () -> whoDecides().message().contains("business-hours"));
    try (EchoService echo = EchoService.start();
        TunnelSession session = result(tunnels.open(to(echo.port()), HandshakeListener.SILENT));
        ByteStream stream = result(session.connect())) {
      assertEquals("open", echoed(stream, "open"));
      long before = find(HOURS).orElseThrow().getLastModified();
      drop("noports.hoursSample", "hours.jar");
      await(
          "it is updated",
          () -> find(HOURS).filter(it -> it.getLastModified() > before).isPresent());
      await("it is asked", () -> whoDecides().message().contains("business-hours"));
      assertEquals("goes on", echoed(stream, "goes on"));
      openOn("");
      result(session.ended());
      refusedBy("business-hours", echo);
      openOn(EVERY_DAY);
      await("it is open", () -> opens(echo));
    }
    assertEquals("no other bundle noticed", List.of(), others);
  }

  private boolean opens(EchoService echo) {
    try (TunnelSession session = result(tunnels.open(to(echo.port()), HandshakeListener.SILENT))) {
      return true;
    } catch (Exception e) {
      return false;
    }
  }

  @Test
  public void theThirtyLinesLeaveEverythingElseToOthersAndAreAudited() throws Exception {
    drop("noports.policySample", "policy.jar");
    await("it is asked", () -> whoDecides().message().contains("no-databases"));
    try (EchoService echo = EchoService.start();
        TunnelSession session = result(tunnels.open(to(echo.port()), HandshakeListener.SILENT));
        ByteStream stream = result(session.connect())) {
      assertEquals("no database", echoed(stream, "no database"));
      refusedBy("no-databases", 5432);
    }
    String sum =
        HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("SHA-256")
                    .digest(Files.readAllBytes(deploy().resolve("policy.jar"))));
    Path events = Path.of(System.getProperty("karaf.data"), "audit", "events.jsonl");
    await("it is audited", () -> text(events).contains(sum));
    String line = text(events).lines().filter(each -> each.contains(sum)).findFirst().orElseThrow();
    assertTrue(line, line.contains("policy-evaluator-arrived"));
    assertTrue(line, line.contains("\"com.example.policy\""));
    assertTrue(line, line.contains("\"0.1.0"));
  }

  @Test
  public void oneThatThrowsOrHangsDeniesAndIsShownUntilItGoes() throws Exception {
    try (EchoService echo = EchoService.start()) {
      RogueBundle.shall("throws");
      Bundle rogue =
          context.installBundle("story:policy", RogueBundle.policy("com.example.roguepolicy"));
      rogue.start();
      refusedBy("policy-error", echo);
      assertEquals(Health.Status.DEGRADED, whoDecides().status());
      assertTrue(whoDecides().message(), whoDecides().message().contains("not today"));
      assertTrue(
          whoDecides().message(), whoDecides().message().contains("com.example.roguepolicy 1.0.0"));
      RogueBundle.behaves();
      assertTrue("it behaves again", opens(echo));
      assertEquals(whoDecides().message(), Health.Status.OK, whoDecides().status());
      RogueBundle.shall("hangs");
      for (int i = 0; i < 3; i++) {
        refusedBy("policy-timeout", echo);
      }
      assertTrue("it is out", !opens(echo));
      RogueBundle.free();
      rogue.stop();
      rogue.start();
      await(
          "threads that are back, and a restart, change nothing",
          () -> whoDecides().message().contains("update the bundle"));
      assertTrue(text(EVENTS), text(EVENTS).contains("plugin-quarantined"));
      rogue.update(RogueBundle.policy("com.example.roguepolicy"));
      assertTrue("an update does", opens(echo));
      rogue.uninstall();
      assertTrue("without it", opens(echo));
      assertEquals(whoDecides().message(), Health.Status.OK, whoDecides().status());
    }
    assertEquals("no other bundle noticed", List.of(), others);
  }

  @Test
  public void anExternalDecisionPointDecidesOverHttp() throws Exception {
    try (EchoService echo = EchoService.start();
        DecisionPoint opa = DecisionPoint.start()) {
      Dictionary<String, Object> settings = new Hashtable<>();
      settings.put("url", "http://127.0.0.1:" + opa.port());
      settings.put("againSeconds", "1");
      configurations.getConfiguration("com.example.opa", "?").update(settings);
      Bundle bundle =
          context.installBundle(
              Path.of(System.getProperty("noports.opaSample")).toUri().toString());
      bundle.start();
      try (TunnelSession session = result(tunnels.open(to(echo.port()), HandshakeListener.SILENT));
          ByteStream stream = result(session.connect())) {
        assertEquals("permitted", echoed(stream, "permitted"));
        opa.answers("{\"result\":{\"allow\":false,\"rule\":\"night\"}}");
        assertTrue(result(session.ended()), !opens(echo));
      } finally {
        bundle.uninstall();
      }
      assertTrue("without it", opens(echo));
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }
}
