package org.noports.cipher.catalogue.plugin;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Who may write into the folder whose files become code here. */
public class DeployFolderTest {
  @Rule public final TemporaryFolder files = new TemporaryFolder();

  private Path folder;
  private Path jar;
  private DeployFolder deploy;

  @Before
  public void make() throws IOException {
    folder = files.newFolder("deploy").toPath();
    jar = folder.resolve("cipher.jar");
    Files.createFile(jar);
    may(folder, "rwxr-xr-x");
    may(jar, "rw-r--r--");
    deploy = new DeployFolder(Optional.of(folder), files.getRoot().toPath());
  }

  private static void may(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private Optional<String> refusal(String location) {
    return deploy.refusal(new Origin("com.example.cipher", "1.0.0", 1, location, false));
  }

  @Test
  public void theOwnersOwnIsTaken() {
    assertEquals(Optional.empty(), deploy.problem());
    assertEquals(Optional.empty(), refusal(jar.toUri().toString()));
  }

  @Test
  public void nothingIsTakenFromAFolderThatAGroupOrEverybodyWritesTo() throws IOException {
    for (String permissions : new String[] {"rwxrwxr-x", "rwxr-x-w-"}) {
      may(folder, permissions);
      assertThat(deploy.problem().orElseThrow(), containsString("by others than its owner"));
      assertThat(refusal(jar.toUri().toString()).orElseThrow(), containsString("chmod go-w"));
    }
  }

  @Test
  public void aFileThatOthersWriteToIsNotTaken() throws IOException {
    may(jar, "rw-rw-r--");
    assertEquals(Optional.empty(), deploy.problem());
    assertThat(refusal(jar.toUri().toString()).orElseThrow(), containsString("cipher.jar"));
  }

  @Test
  public void whatCameFromElsewhereIsNotJudgedByIt() throws IOException {
    may(folder, "rwxrwxrwx");
    assertEquals(Optional.empty(), refusal("mvn:com.example/cipher/1.0"));
    assertEquals(Optional.empty(), refusal(files.newFile().toURI().toString()));
  }

  @Test
  public void whatCannotBeToldToComeFromElsewhereIsNotTaken() throws IOException {
    String unreadable = "file:" + folder + "/my cipher.jar";
    assertThat(refusal(unreadable).orElseThrow(), containsString("cannot be told"));
    assertEquals(Optional.empty(), refusal("file:/else where/cipher.jar"));
    may(jar, "rw-rw-r--");
    String around = folder.toUri() + "../deploy/cipher.jar";
    assertThat(refusal(around).orElseThrow(), containsString("by others than its owner"));
    String before = files.getRoot().toURI() + "./deploy/cipher.jar";
    assertThat(refusal(before).orElseThrow(), containsString("by others than its owner"));
  }

  @Test
  public void aFolderThatIsNotThereIsNoProblem() throws IOException {
    Files.delete(jar);
    Files.delete(folder);
    assertEquals(Optional.empty(), deploy.problem());
  }
}
