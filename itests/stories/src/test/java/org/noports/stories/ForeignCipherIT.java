package org.noports.stories;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Dictionary;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.inject.Inject;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.DeviceName;
import org.noports.api.Target;
import org.noports.api.cipher.AlgorithmStatus;
import org.noports.api.cipher.AlgorithmStatus.Standing;
import org.noports.api.cipher.CipherRules;
import org.noports.api.session.HandshakeListener;
import org.noports.api.session.TunnelRequest;
import org.noports.api.session.TunnelSession;
import org.noports.api.session.Tunnels;
import org.noports.api.stream.ByteStream;
import org.noports.api.world.Demo;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.cm.ConfigurationAdmin;

/** The thirty lines of samples/cipher, dropped into deploy/ of an instance that runs. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class ForeignCipherIT {
  private static final String NAME = "aes128gcm";
  private static final String SAMPLE = "com.example.cipher";
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
    if (!SAMPLE.equals(name)) {
      others.add(name + " " + event.getType());
    }
  }

  @Before
  public void theDemoRuns() throws Exception {
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
    var configuration = configurations.getConfiguration(PID, "?");
    Dictionary<String, Object> all = configuration.getProperties();
    all.put("ranking", ranking);
    configuration.update(all);
  }

  private Optional<AlgorithmStatus> status() {
    return rules.algorithms().stream()
        .filter(each -> each.algorithm().name().equals(NAME))
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
        TunnelSession session = result(tunnels.open(to(echo), HandshakeListener.SILENT));
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
        TunnelSession session = result(tunnels.open(to(echo), HandshakeListener.SILENT));
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

  /** The testkit does not come along into the container. */
  private static void await(String what, BooleanSupplier holds) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    CountDownLatch never = new CountDownLatch(1);
    while (!holds.getAsBoolean()) {
      assertTrue(what, System.nanoTime() < end && !never.await(20, TimeUnit.MILLISECONDS));
    }
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

  private static <T> T result(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}
