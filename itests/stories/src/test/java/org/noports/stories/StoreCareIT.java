package org.noports.stories;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.ClassRule;
import org.junit.Test;
import org.noports.testkit.process.Finished;
import org.noports.testkit.process.Machine;

/** The store of running atServers is backed up, compacted and restored by commands. */
public class StoreCareIT {
  @ClassRule public static final ThreeMachines MACHINES = new ThreeMachines();

  @Test
  public void aBackupIsMadeAndTakenInAgainWhileEverythingRuns() throws Exception {
    Machine host = MACHINES.world().infrastructure();
    Path backup = MACHINES.file("backup.npb");
    Finished made = host.run("store-backup", backup.toString()).orFail();
    assertThat(made.out(), containsString(backup + " has "));
    assertThat(
        PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)), equalTo("rw-------"));

    Finished refused = host.run("store-restore", backup.toString());
    assertThat(refused.toString(), refused.exitCode(), equalTo(16));
    assertThat(refused.err(), containsString("--replace"));

    host.run("store-restore", backup.toString(), "--replace").orFail();
    Finished compacted = host.run("store-compact").orFail();
    assertThat(compacted.out(), containsString("bytes now"));
    try (EchoService echo = EchoService.start();
        ThreeMachines.Tunnel tunnel = MACHINES.connect("localhost:" + echo.port())) {
      assertThat("a session after all that", tunnel.port() > 0, equalTo(true));
    }
  }
}
