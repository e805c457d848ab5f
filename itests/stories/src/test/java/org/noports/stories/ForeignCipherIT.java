package org.noports.stories;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.noports.stories.DemoSessions.await;
import static org.noports.stories.DemoSessions.echoed;
import static org.noports.stories.DemoSessions.patient;
import static org.noports.stories.DemoSessions.result;
import static org.noports.stories.DemoSessions.secondDeviceOfLevelOne;
import static org.noports.stories.DemoSessions.set;
import static org.noports.stories.DemoSessions.to;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.inject.Inject;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.noports.api.CipherMisbehaved;
import org.noports.api.cipher.AlgorithmStatus;
import org.noports.api.cipher.AlgorithmStatus.Standing;
import org.noports.api.cipher.CipherRules;
import org.noports.api.cipher.RecordCipher;
import org.noports.api.session.HandshakeListener;
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
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.cm.ConfigurationAdmin;

/** The thirty lines of samples/cipher, dropped into deploy/ of an instance that runs. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class ForeignCipherIT {
  private static final String NAME = "aes128gcm";
  private static final String PID = "org.noports.cipher.catalogue";

  @Inject private Demo demo;
  @Inject private Tunnels tunnels;
  @Inject private CipherRules rules;
  @Inject private BundleContext context;
  @Inject private ConfigurationAdmin configurations;

  private final List<String> others = new CopyOnWriteArrayList<>();
  private final SynchronousBundleListener listener = this::heard;

  @Configuration
  public Option[] container() {
    return Container.options();
  }

  /** In the container; whoever starts it has no such thing. */
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
    prefer(NAME + ",x-wing,x25519,aes256gcm");
    context.addBundleListener(listener);
  }

  @After
  public void theSampleGoes() throws Exception {
    context.removeBundleListener(listener);
    Files.deleteIfExists(deploy().resolve("cipher.jar"));
    await("the sample is gone", () -> status().isEmpty());
  }

  private void prefer(String ranking) throws IOException {
    set(configurations, PID, "ranking", ranking);
  }

  private Optional<AlgorithmStatus> status() {
    return status(NAME);
  }

  private Optional<AlgorithmStatus> status(String name) {
    return rules.algorithms().stream()
        .filter(each -> each.algorithm().name().equals(name))
        .findFirst();
  }

  private void drop() throws Exception {
    Path fresh = deploy().resolveSibling("cipher.jar");
    Files.copy(Path.of(System.getProperty("noports.cipherSample")), fresh);
    Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-r--r--"));
    Files.move(fresh, deploy().resolve("cipher.jar"));
    await("the sample is here", () -> status().isPresent());
  }

  @Test
  public void theNextSessionRunsUnderItAndMovesWhenItIsTakenAway() throws Exception {
    drop();
    assertEquals(status().get().why(), Standing.OFFERED, status().get().standing());
    assertEquals(1, status().get().preference());
    try (EchoService echo = EchoService.start();
        TunnelSession session = result(tunnels.open(to(echo.port()), HandshakeListener.SILENT));
        ByteStream stream = result(session.connect())) {
      assertEquals(NAME, session.facts().receipt().orElseThrow().history().get(0).suite().cipher());
      assertEquals("under it", echoed(stream, "under it"));
      assertTrue("both ends use it", status().get().sessions() >= 2);
      Files.delete(deploy().resolve("cipher.jar"));
      await("the sample is gone", () -> status().isEmpty());
      await("the session has moved", () -> !NAME.equals(cipherOf(session)));
      assertEquals("under another", echoed(stream, "under another"));
      assertEquals("no other bundle noticed", List.of(), others);
    }
  }

  @Test
  public void itsDenialMovesTheSessionAndIsKept() throws Exception {
    drop();
    try (EchoService echo = EchoService.start();
        TunnelSession session = result(tunnels.open(to(echo.port()), HandshakeListener.SILENT));
        ByteStream stream = result(session.connect())) {
      rules.deny(NAME);
      assertEquals(Standing.DENIED, status().get().standing());
      await("the session has moved", () -> !NAME.equals(cipherOf(session)));
      assertEquals("under another", echoed(stream, "under another"));
      Path file = Path.of(System.getProperty("karaf.etc"), PID + ".cfg");
      await("the file says so", () -> text(file).matches("(?s).*\\ndeny *= *" + NAME + ".*"));
    } finally {
      assertTrue(rules.allow(NAME));
    }
    assertEquals("no other bundle noticed", List.of(), others);
  }

  @Test
  public void itsArrivalIsAuditedWithItsSum() throws Exception {
    drop();
    String sum =
        HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("SHA-256")
                    .digest(Files.readAllBytes(deploy().resolve("cipher.jar"))));
    Path events = Path.of(System.getProperty("karaf.data"), "audit", "events.jsonl");
    await("it is audited", () -> text(events).contains(sum));
    assertTrue(text(events).contains("\"algorithm\":\"" + NAME + "\""));
  }

  @Test
  public void nothingIsTakenFromAFolderThatOthersMayWriteTo() throws Exception {
    Files.setPosixFilePermissions(deploy(), PosixFilePermissions.fromString("rwxrwxrwx"));
    try {
      drop();
      assertEquals(Standing.REFUSED, status().get().standing());
      assertTrue(status().get().why(), status().get().why().contains("chmod go-w"));
    } finally {
      Files.setPosixFilePermissions(deploy(), PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @Test
  public void oneThatMisbehavesEndsItsOwnSessionsByNameAndIsBackOnceItIsUpdated() throws Exception {
    secondDeviceOfLevelOne(configurations);
    try (EchoService echo = EchoService.start();
        TunnelSession beside = result(tunnels.open(to(echo.port()), HandshakeListener.SILENT));
        ByteStream goesOn = result(beside.connect());
        TunnelSession old =
            result(tunnels.open(to("dev2", echo.port()), HandshakeListener.SILENT));
        ByteStream ofLevelOne = result(old.connect())) {
      assertEquals(Level.L1, old.facts().level());
      Bundle rogue =
          context.installBundle("story:rogue", RogueBundle.named("com.example.rogue", "rogue"));
      prefer("rogue,x-wing,x25519,aes256gcm");
      rogue.start();
      for (String misdeed : RogueBundle.MISDEEDS) {
        misbehaves("rogue", misdeed, echo);
        assertEquals("after one that " + misdeed, "goes on", echoed(goesOn, "goes on"));
        assertEquals("after one that " + misdeed, "of L1", echoed(ofLevelOne, "of L1"));
        rogue.update(RogueBundle.named("com.example.rogue", "rogue"));
        assertTrue(misdeed, isOffered("rogue"));
      }
      rogue.uninstall();
      assertEquals("no other bundle noticed", List.of(), others);
    } finally {
      RogueBundle.free();
    }
  }

  @Test
  public void oneThatHangsThreeTimesIsOutForGoodWhateverIsUpdated() throws Exception {
    Bundle stuck =
        context.installBundle("story:stuck", RogueBundle.named("com.example.stuck", "stuck"));
    try (EchoService echo = EchoService.start();
        TunnelSession beside = result(tunnels.open(to(echo.port()), HandshakeListener.SILENT));
        ByteStream goesOn = result(beside.connect())) {
      prefer("stuck,x-wing,x25519,aes256gcm");
      stuck.start();
      int hung = 0;
      while (isFirst("stuck")) {
        assertTrue("it hung " + hung + " times", hung < 3);
        misbehaves("stuck", "hangs", echo);
        assertEquals("after " + ++hung, "goes on", echoed(goesOn, "goes on"));
        stuck.update(RogueBundle.named("com.example.stuck", "stuck"));
      }
      // Both ends are in this JVM, and each may lose a thread in one round.
      assertTrue("it never hung", hung > 0);
      assertEquals(Standing.QUARANTINED, status("stuck").get().standing());
      stuck.update(RogueBundle.named("com.example.stuck", "stuck"));
      assertFalse("it is back", isFirst("stuck"));
      stuck.uninstall();
      assertEquals("no other bundle noticed", List.of(), others);
    } finally {
      RogueBundle.free();
    }
  }

  /** Waits until it is, or is out for good; whichever it will be. */
  private boolean isFirst(String name) throws InterruptedException {
    await(name + " is first, or out for good", () -> status(name).stream().anyMatch(this::decided));
    return status(name).get().preference() == 1;
  }

  private boolean decided(AlgorithmStatus it) {
    return it.preference() == 1 || it.why().contains("threads that never came back");
  }

  /** An update has tried it by now, or it is not offered any more. */
  private boolean isOffered(String name) throws InterruptedException {
    await(name + " is here", () -> status(name).isPresent());
    return status(name).get().standing() == Standing.OFFERED;
  }

  /** Ends a session of its own by that, and is in quarantine behind it. */
  private void misbehaves(String name, String misdeed, EchoService echo) throws Exception {
    await(name + " comes first", () -> status(name).stream().anyMatch(it -> it.preference() == 1));
    try (TunnelSession session = result(tunnels.open(to(echo.port()), HandshakeListener.SILENT));
        ByteStream stream = result(session.connect())) {
      assertEquals(name, cipherOf(session));
      assertEquals("as yet", echoed(stream, "as yet"));
      RogueBundle.shall(misdeed);
      stream.write(ByteBuffer.wrap(new byte[1]));
      String end = result(session.ended());
      assertTrue(end, session.failure().filter(CipherMisbehaved.class::isInstance).isPresent());
      assertEquals(misdeed, Standing.QUARANTINED, status(name).get().standing());
      assertTrue(end, end.contains("broke its contract"));
    } finally {
      RogueBundle.behaves();
    }
    try (TunnelSession next = result(tunnels.open(to(echo.port()), HandshakeListener.SILENT))) {
      assertEquals("the next one does without", RecordCipher.AES_256_GCM, cipherOf(next));
    }
  }

  /** What its records are sealed with now; a session that only drains goes on under the old one. */
  private static String cipherOf(TunnelSession session) {
    return session.facts().receipt().orElseThrow().suite().cipher();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }
}
