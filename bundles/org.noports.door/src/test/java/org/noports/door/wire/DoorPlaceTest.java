package org.noports.door.wire;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class DoorPlaceTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder(new java.io.File("/tmp"));

  @Test
  public void theFolderIsMadeForItsOwnerAlone() throws Exception {
    DoorPlace place = place(folder.getRoot().toPath().resolve("run"));
    place.prepare();
    place.prepare();
    assertEquals(
        "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(place.folder())));
  }

  @Test
  public void aFolderThatOthersCanWriteToIsRefused() throws Exception {
    for (String rights : new String[] {"rwx-w----", "rwx----w-", "rwx-----x", "rwxrwxrwx"}) {
      Path open = folder.newFolder().toPath();
      Files.setPosixFilePermissions(open, PosixFilePermissions.fromString(rights));
      IOException refused = assertThrows(rights, IOException.class, () -> place(open).prepare());
      assertThat(refused.getMessage(), containsString("chmod 700 " + open));
    }
  }

  @Test
  public void aLinkInThePlaceOfTheFolderIsRefused() throws Exception {
    Path real = folder.newFolder().toPath();
    Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rwx------"));
    Path link = folder.getRoot().toPath().resolve("link");
    Files.createSymbolicLink(link, real);
    assertThrows(IOException.class, () -> place(link).prepare());
  }

  @Test
  public void aFolderOfAnotherUserIsRefused() {
    Path others = DoorPlaceTest.notOurs();
    IOException refused = assertThrows(IOException.class, () -> place(others).check());
    assertThat(refused.getMessage(), containsString("belongs to"));
  }

  @Test
  public void aRuntimeFolderWithTooLongAPathGivesWayToAShortOne() throws Exception {
    Path runtime = Files.createDirectories(deep());
    DoorPlace place = DoorPlace.of("default", Map.of("XDG_RUNTIME_DIR", runtime.toString()));
    assertThat(place.socket().toString(), startsWith("/tmp/noports-"));
  }

  @Test
  public void aFolderThatWasNamedAndIsTooLongIsRefused() {
    IOException refused =
        assertThrows(
            IOException.class,
            () -> DoorPlace.of("default", Map.of("NOPORTS_RUN", deep().toString())));
    assertThat(refused.getMessage(), containsString("107"));
  }

  @Test
  public void theRuntimeFolderIsUsedWhereThereIsOne() throws Exception {
    String runtime = folder.getRoot().toString();
    assertEquals(
        Path.of(runtime, "noports", "demo.sock"),
        DoorPlace.of("demo", Map.of("XDG_RUNTIME_DIR", runtime)).socket());
  }

  @Test
  public void instancesOfOneNameInTwoPlacesDoNotShareASocket() throws Exception {
    String run = folder.getRoot().toString();
    DoorPlace one = DoorPlace.of("x", Map.of("XDG_RUNTIME_DIR", run, "NOPORTS_STATE", "/a"));
    DoorPlace two = DoorPlace.of("x", Map.of("XDG_RUNTIME_DIR", run, "NOPORTS_STATE", "/b"));
    assertEquals(one.folder(), two.folder());
    assertNotEquals(one.socket(), two.socket());
  }

  @Test
  public void aNameThatLeadsElsewhereIsRefused() {
    for (String name : new String[] {"../x", "a/b", "", ".hidden", "x".repeat(32)}) {
      assertThrows(name, IOException.class, () -> DoorPlace.of(name, Map.of()));
    }
  }

  private Path deep() {
    return folder.getRoot().toPath().resolve("x".repeat(100));
  }

  private static DoorPlace place(Path folder) {
    return new DoorPlace(folder, folder.resolve("default.sock"));
  }

  /** A folder of somebody else: of root, or where we are root, one that we give away. */
  private static Path notOurs() {
    try {
      Path root = Path.of("/");
      if (!Files.getOwner(root).equals(DoorPlace.me())) {
        return root;
      }
      Path given = Files.createTempDirectory(Path.of("/tmp"), "given");
      given.toFile().deleteOnExit();
      Files.setAttribute(given, "unix:uid", 65534);
      return given;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
