package org.noports.ssh.client.copy;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.rules.Timeout;
import org.noports.api.NoPortsException;
import org.noports.ssh.client.login.Places;
import org.noports.ssh.client.words.CopyWords;

public class CopyFilesTest {
  private static final String DEVICE = "dev1@device:";

  @Rule public final Timeout limit = Timeout.seconds(60);
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final List<String> told = new ArrayList<>();
  private Path near;
  private Path far;
  private ServedFolder served;

  @Before
  public void twoFolders() throws Exception {
    near = folder.newFolder("near").toPath();
    far = folder.newFolder("far").toPath();
  }

  @After
  public void close() {
    if (served != null) {
      served.close();
    }
  }

  private Optional<NoPortsException> copy(String... words) throws Exception {
    return copy(new ServedFolder.Trouble() {}, words);
  }

  private Optional<NoPortsException> copy(ServedFolder.Trouble trouble, String... words)
      throws Exception {
    if (served == null) {
      served = new ServedFolder(far, trouble);
    }
    try (There there = served.there()) {
      return copy(new Here(new Places(near, near)), there, words);
    }
  }

  private Optional<NoPortsException> copy(Side here, Side there, String... words) throws Exception {
    var asked = CopyWords.of(List.of(words));
    Progress silent = new Progress(new ByteArrayOutputStream(), false, () -> 80, () -> 0L);
    Side from = asked.upload() ? here : there;
    Side to = asked.upload() ? there : here;
    return new CopyFiles(from, to, asked, silent, told::add).all();
  }

  private static Path random(Path file, int size) throws IOException {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    return Files.write(file, content);
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  public void aFileGoesThereAndComesBack() throws Exception {
    Path sent = random(near.resolve("sent"), 3_000_000);
    assertEquals(Optional.empty(), copy("sent", DEVICE));
    assertEquals(Optional.empty(), copy(DEVICE + "/sent", "back"));
    assertEquals(-1L, Files.mismatch(sent, far.resolve("sent")));
    assertEquals(-1L, Files.mismatch(sent, near.resolve("back")));
    assertEquals(List.of("sent"), names(far));
    assertEquals(List.of(), told);
  }

  @Test
  public void aPrivateFileStaysPrivateAndAProgramOneToRun() throws Exception {
    Files.writeString(near.resolve("private"), "x");
    Files.setPosixFilePermissions(
        near.resolve("private"), PosixFilePermissions.fromString("rw-------"));
    Files.writeString(near.resolve("program"), "x");
    Files.setPosixFilePermissions(
        near.resolve("program"), PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(far.resolve("script"), "x");
    Files.setPosixFilePermissions(
        far.resolve("script"), PosixFilePermissions.fromString("rwx------"));
    copy("private", "program", DEVICE);
    copy(DEVICE + "script", ".");
    assertEquals("rw-------", mode(far.resolve("private")));
    assertTrue(mode(far.resolve("program")).startsWith("rwx"));
    assertEquals("rwx------", mode(near.resolve("script")));
  }

  @Test
  public void whatIsReplacedKeepsItsPermissionsAndLinksAreFollowed() throws Exception {
    Files.writeString(near.resolve("new"), "new");
    Path real = Files.writeString(far.resolve("real"), "old");
    Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-rw----"));
    Files.createSymbolicLink(far.resolve("link"), Path.of("real"));
    assertEquals(Optional.empty(), copy("new", DEVICE + "/link"));
    assertEquals("new", Files.readString(real));
    assertEquals("rw-rw----", mode(real));
    assertTrue(Files.isSymbolicLink(far.resolve("link")));
  }

  @Test
  public void withTimesKeptItIsAsOldAsItWas() throws Exception {
    Path old = Files.writeString(near.resolve("old"), "x");
    FileTime then = FileTime.from(Instant.ofEpochSecond(1_000_000_000));
    Files.setLastModifiedTime(old, then);
    copy("-p", "old", DEVICE);
    copy("-p", DEVICE + "old", "again");
    assertEquals(then, Files.getLastModifiedTime(far.resolve("old")));
    assertEquals(then, Files.getLastModifiedTime(near.resolve("again")));
  }

  @Test
  public void aFolderGoesThereWithAllThatIsInItAndComesBack() throws Exception {
    Path deep = Files.createDirectories(near.resolve("tree/a/b"));
    random(deep.resolve("file"), 100_000);
    Files.writeString(near.resolve("tree/empty"), "");
    Files.createDirectory(near.resolve("tree/nothing"));
    assertEquals(Optional.empty(), copy("-r", "tree", DEVICE));
    assertEquals(Optional.empty(), copy("-r", "tree", DEVICE + "copy"));
    assertEquals(Optional.empty(), copy("-r", DEVICE + "tree", "back"));
    for (Path root : List.of(far.resolve("tree"), far.resolve("copy"), near.resolve("back"))) {
      assertEquals(-1L, Files.mismatch(deep.resolve("file"), root.resolve("a/b/file")));
      assertEquals(0L, Files.size(root.resolve("empty")));
      assertTrue(Files.isDirectory(root.resolve("nothing")));
    }
  }

  @Test
  public void aFolderInItselfAndOneThatWasNotMeantAreSaid() throws Exception {
    Files.createDirectories(near.resolve("tree"));
    Files.createSymbolicLink(near.resolve("tree/again"), Path.of("."));
    Files.writeString(near.resolve("tree/file"), "x");
    assertEquals("copy-failed", copy("tree", DEVICE).orElseThrow().reason());
    assertThat(told.get(0), containsString("-r copies folders"));
    assertTrue(copy("-r", "tree", DEVICE).isPresent());
    assertThat(told.get(1), containsString("leads back into itself"));
    assertEquals("x", Files.readString(far.resolve("tree/file")));
  }

  @Test
  public void whatIsMissingIsSaidAndTheOthersAreCopied() throws Exception {
    Files.writeString(near.resolve("b"), "b");
    Optional<NoPortsException> failed = copy("a", "b", DEVICE);
    assertEquals("There is no 'a' here", failed.orElseThrow().getMessage());
    assertEquals("b", Files.readString(far.resolve("b")));
    copy(DEVICE + "nowhere", ".");
    assertEquals("There is no 'nowhere' at dev1@device", told.get(1));
    assertTrue(copy("b", "b", DEVICE + "nofolder").isPresent());
    assertThat(told.get(2), containsString("'nofolder' at dev1@device is no folder"));
    copy("b", DEVICE + "no/folder");
    assertThat(told.get(3), containsString("no/folder"));
  }

  @Test
  public void noPermissionIsSaidByName() throws Exception {
    Files.writeString(near.resolve("a"), "new");
    Files.writeString(far.resolve("a"), "old");
    Optional<NoPortsException> failed =
        copy(
            new ServedFolder.Trouble() {
              @Override
              public void opening(Path file) throws IOException {
                throw new AccessDeniedException(file.toString());
              }
            },
            "a",
            DEVICE);
    assertThat(
        failed.orElseThrow().getMessage(),
        containsString("No permission to write 'a' at dev1@device"));
    assertEquals("old", Files.readString(far.resolve("a")));
  }

  @Test
  public void aFullDiskIsSaidByNameAndTheOldFileStays() throws Exception {
    random(near.resolve("a"), 1_000_000);
    Files.writeString(near.resolve("b"), "b");
    Files.writeString(far.resolve("a"), "old");
    Optional<NoPortsException> failed =
        copy(
            new ServedFolder.Trouble() {
              private int written;

              @Override
              public void writing(Path file, int bytes) throws IOException {
                written += bytes;
                if (written > 300_000) {
                  throw new IOException("No space left on device");
                }
              }
            },
            "a",
            "b",
            DEVICE);
    assertThat(failed.orElseThrow().getMessage(), containsString("disk at dev1@device is full"));
    assertEquals("old", Files.readString(far.resolve("a")));
    assertEquals(List.of("a"), names(far));
  }

  @Test
  public void aFullDiskHereIsSaidByName() throws Exception {
    random(far.resolve("a"), 100_000);
    Optional<NoPortsException> failed = copy(DEVICE + "a", "/dev/full");
    assertThat(failed.orElseThrow().getMessage(), containsString("The disk here is full"));
  }

  @Test
  public void aPeerThatVanishesInTheMiddleLeavesTheOldFile() throws Exception {
    random(near.resolve("a"), 1_000_000);
    Files.writeString(far.resolve("a"), "old");
    Optional<NoPortsException> failed =
        copy(
            new ServedFolder.Trouble() {
              @Override
              public void writing(Path file, int bytes) {
                served.vanish();
              }
            },
            "a",
            DEVICE);
    assertEquals("session-gone", failed.orElseThrow().reason());
    assertEquals("old", Files.readString(far.resolve("a")));
    for (String name : names(far)) {
      assertTrue(name, name.equals("a") || name.matches("\\.a\\.[0-9a-f]{8}\\.part"));
    }
  }

  @Test
  public void aPeerThatVanishesWhileItSendsLeavesNothingHere() throws Exception {
    random(far.resolve("a"), 5_000_000);
    Files.writeString(near.resolve("a"), "old");
    served = new ServedFolder(far, new ServedFolder.Trouble() {});
    try (There there = served.there()) {
      Side vanishing =
          (Side)
              Proxy.newProxyInstance(
                  Side.class.getClassLoader(),
                  new Class<?>[] {Side.class},
                  (proxy, method, arguments) -> {
                    Object result = call(there, method, arguments);
                    if (method.getName().equals("read")) {
                      served.vanish();
                    }
                    return result;
                  });
      Optional<NoPortsException> failed =
          copy(new Here(new Places(near, near)), vanishing, DEVICE + "a", ".");
      assertEquals("session-gone", failed.orElseThrow().reason());
    }
    assertEquals("old", Files.readString(near.resolve("a")));
    assertEquals(List.of("a"), names(near));
  }

  @Test
  public void aDeviceCannotWriteElsewhereByNamesItTells() throws Exception {
    Path tree = Files.createDirectories(far.resolve("tree"));
    Files.writeString(tree.resolve("file"), "x");
    Here lying = new Here(new Places(far, far));
    Side there =
        (Side)
            Proxy.newProxyInstance(
                Side.class.getClassLoader(),
                new Class<?>[] {Side.class},
                (proxy, method, arguments) ->
                    method.getName().equals("names")
                        ? List.of("../escaped", "file")
                        : call(lying, method, arguments));
    Files.writeString(far.resolve("escaped"), "evil");
    Optional<NoPortsException> failed =
        copy(new Here(new Places(near, near)), there, "-r", DEVICE + "tree", "mine");
    assertThat(failed.orElseThrow().getMessage(), containsString("is no name of a file"));
    assertFalse(Files.exists(near.resolve("escaped")));
  }

  private static Object call(Side side, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(side, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
