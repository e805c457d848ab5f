package org.noports.door;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.door.wire.DoorPlace;

public class DoorSocketTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder(new File("/tmp"));
  private DoorPlace place;

  @Before
  public void choosePlace() {
    Path run = folder.getRoot().toPath().resolve("run");
    place = new DoorPlace(run, run.resolve("x.sock"));
  }

  @Test
  public void aStaleSocketIsReplaced() throws Exception {
    place.prepare();
    ServerSocketChannel crashed = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    crashed.bind(UnixDomainSocketAddress.of(place.socket()));
    crashed.close();
    assertTrue(Files.exists(place.socket()));
    DoorSocket.open(place).close();
  }

  @Test
  public void aSocketThatSomebodyAnswersIsLeftAlone() throws Exception {
    DoorSocket first = DoorSocket.open(place);
    IOException refused = assertThrows(IOException.class, () -> DoorSocket.open(place));
    assertThat(refused.getMessage(), containsString("another instance answers"));
    assertTrue(Files.exists(place.socket()));
    first.close();
  }

  @Test
  public void closingRemovesTheFile() throws Exception {
    DoorSocket.open(place).close();
    assertFalse(Files.exists(place.socket()));
  }

  @Test
  public void closingLeavesASuccessorsFileAlone() throws Exception {
    DoorSocket first = DoorSocket.open(place);
    Files.move(place.socket(), place.folder().resolve("aside"));
    DoorSocket second = DoorSocket.open(place);
    first.close();
    assertTrue(Files.exists(place.socket()));
    second.close();
  }

  @Test
  public void aFolderOpenedForAGroupLetsThatGroupKnock() throws Exception {
    place.prepare();
    Files.setPosixFilePermissions(place.folder(), PosixFilePermissions.fromString("rwxr-x---"));
    DoorSocket socket = DoorSocket.open(place);
    assertEquals(
        "rw-rw----", PosixFilePermissions.toString(Files.getPosixFilePermissions(place.socket())));
    socket.close();
  }
}
