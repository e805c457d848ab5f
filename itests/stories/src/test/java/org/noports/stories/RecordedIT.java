package org.noports.stories;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.ClassRule;
import org.junit.Test;
import org.noports.testkit.process.Finished;
import org.noports.testkit.process.Machine;
import org.noports.testkit.process.World;

/** A policy wants SSH recorded: from the rule to what the auditor sees, and nothing without. */
public class RecordedIT {
  private static final String BOOK =
      """
      format: 1
      rules:
        - name: seen-by-carol
          effect: permit
          who: ["@alice"]
          devices: ["dev1@device"]
          kinds: [ping, tunnel]
          places: ["service:ssh", "localhost:*"]
          obligations: {record: true}
      """;

  @ClassRule public static final ThreeMachines MACHINES = new ThreeMachines(RecordedIT::configure);

  private static void configure(World world) {
    BuiltInServer.beside(world);
    Machine device = world.device();
    device.configure(
        "org.noports.ssh.cfg",
        "recordingFreeBytes = 0\nauditorKey = " + MACHINES.file("auditor.pub") + "\n");
    try {
      Path etc = device.home().resolve("etc");
      Files.writeString(etc.resolve("org.noports.policy.rules.cfg"), "book = etc/policy.yaml\n");
      Files.writeString(etc.resolve("policy.yaml"), BOOK);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  public void whatIsDoneIsRecordedForTheAuditorAloneOrNotDone() throws Exception {
    Machine client = MACHINES.world().client();
    SshHome home =
        new SshHome(
            client,
            MACHINES.file("ssh_config"),
            Path.of("none"),
            List.of(List.of("dev1@device", "--as", "box", "--to", "service:ssh")));
    Finished without = home.run("ssh", "box", "echo ran");
    assertThat(without.toString(), without.exitCode(), equalTo(255));
    assertThat(without.err(), containsString("auditorKey"));

    Path key = MACHINES.file("auditor");
    client.run("recording-key", key.toString()).orFail();
    Finished ssh = home.run("ssh", "-tt", "box", "stty size; echo se\"cr\"et");
    assertThat(ssh.orFail().out(), containsString("secret"));
    Finished cast = client.run("recording-open", "--key", key.toString(), recording().toString());
    assertThat(cast.orFail().out(), startsWith("{\"version\":2,\"width\":"));
    assertThat(cast.out(), containsString("\"title\":\"@alice on dev1@device, session "));
    assertThat(cast.out(), containsString(",\"o\",\""));
    assertThat(cast.out(), containsString("secret"));

    for (Machine end : List.of(client, MACHINES.world().device())) {
      assertThat(end.run("audit").orFail().out(), containsString("ssh-key-exchange"));
    }

    Finished elsewhere =
        client.run("connect", "dev1@device", "--to", "localhost:" + MACHINES.sshd().port());
    assertThat(elsewhere.toString(), elsewhere.exitCode(), equalTo(10));
    assertThat(elsewhere.err(), containsString("'record'"));
  }

  private static Path recording() throws IOException {
    Path folder = MACHINES.world().device().home().resolve("data/ssh/recordings");
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.toList();
      assertThat(all.toString(), all.size(), equalTo(1));
      return all.get(0);
    }
  }
}
