package org.noports.door;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.rules.ExternalResource;
import org.noports.door.wire.DoorPlace;

/** A door on a real socket, with whatever work the test gives it. */
final class OpenDoor extends ExternalResource {
  static final DoorSettings SETTINGS =
      new DoorSettings(Duration.ofSeconds(30), 64, Duration.ofMinutes(15), "noports");

  volatile Work work = call -> 0;
  volatile DoorSettings settings = SETTINGS;
  volatile DoorLoop.Recognition recognition;
  DoorLoop loop;
  private DoorSocket socket;
  private Path folder;

  @Override
  protected void before() throws IOException {
    folder = Files.createTempDirectory(Path.of("/tmp"), "door");
    socket = DoorSocket.open(new DoorPlace(folder, folder.resolve("test.sock")));
    recognition = new PeerCheck(DoorPlace.me(), Path.of("/etc/group"), () -> "noports")::of;
    Workers workers = new Workers(call -> work.run(call), new DoorLog());
    loop =
        new DoorLoop(
            socket.listener(), who -> recognition.of(who), workers, () -> settings, new DoorLog());
    loop.start();
  }

  @Override
  protected void after() {
    loop.close();
    socket.close();
    folder.toFile().delete();
  }

  Caller caller() throws IOException {
    return new Caller(socket.path());
  }
}
