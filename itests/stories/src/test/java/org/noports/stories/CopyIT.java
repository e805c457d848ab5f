package org.noports.stories;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.ClassRule;
import org.junit.Test;
import org.noports.testkit.process.Finished;
import org.noports.testkit.process.Machine;

/**
 * {@code noports cp} and {@code noports:cp}: files and folders, both ways, by the real sshd beside
 * the device and by the SSH server that is built in.
 */
public class CopyIT {
  @ClassRule public static final ThreeMachines MACHINES = new ThreeMachines(BuiltInServer::beside);

  /** How a server is reached, and what its root is called here. */
  private record Server(List<String> words, Path root) {
    private String at(String path) {
      return "dev1@device:" + (root.equals(served()) ? "/" + path : root.resolve(path));
    }
  }

  private static List<Server> servers() throws IOException {
    Path there = Files.createDirectories(MACHINES.file("there"));
    return List.of(
        new Server(
            List.of(
                "-i",
                MACHINES.file("sshd/user-key").toString(),
                "-o",
                "IdentitiesOnly=yes",
                "-P",
                Integer.toString(MACHINES.sshd().port())),
            there),
        new Server(List.of("--to", "service:ssh"), served()));
  }

  private static String[] words(String command, Server server, String... more) {
    List<String> words = new ArrayList<>(List.of(command));
    words.addAll(server.words());
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  private static Finished cp(Server server, String... more) {
    return client().run(words("cp", server, more));
  }

  private static Path served() {
    return BuiltInServer.served(MACHINES.world());
  }

  private static Machine client() {
    return MACHINES.world().client();
  }

  private static Path random(String name, int size) throws IOException {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    Path file = MACHINES.file(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, content);
  }

  @Test
  public void filesAndFoldersGoBothWaysAndNothingIsSaidOfIt() throws Exception {
    Path file = random("sent/deep/file", 3_000_000);
    Path folder = MACHINES.file("sent");
    int round = 0;
    for (Server server : servers()) {
      Path back = MACHINES.file("back" + round++);
      Finished there = cp(server, "-r", folder.toString(), server.at("copy"));
      assertThat(there.orFail().out(), equalTo(""));
      cp(server, "-r", server.at("copy"), back.toString()).orFail();
      cp(server, file.toString(), server.at("one")).orFail();
      assertThat(Files.mismatch(file, server.root().resolve("copy/deep/file")), equalTo(-1L));
      assertThat(Files.mismatch(file, back.resolve("deep/file")), equalTo(-1L));
      assertThat(Files.mismatch(file, server.root().resolve("one")), equalTo(-1L));
    }
  }

  @Test
  public void theConsoleCopiesToo() throws Exception {
    Path file = random("of-the-console", 1000);
    Server server = servers().get(1);
    client().run(words("noports:cp", server, file.toString(), server.at("console"))).orFail();
    assertThat(Files.mismatch(file, served().resolve("console")), equalTo(-1L));
    Finished none = client().run(words("noports:cp", server, server.at("nothing"), "."));
    assertThat(none.toString(), none.exitCode(), equalTo(25));
    assertThat(none.err(), containsString("There is no '/nothing' at dev1@device"));
  }

  @Test
  public void aPersonSeesHowFarItIs() throws Exception {
    Path file = random("large", 20_000_000);
    Server server = servers().get(0);
    List<String> words =
        new ArrayList<>(
            List.of(
                "env",
                "NOPORTS_RUN=" + client().sockets(),
                client().distribution().noports().toString(),
                "--home",
                client().home().toString()));
    words.addAll(List.of(words("cp", server, file.toString(), server.at("seen"))));
    Finished shown =
        new Terminal(MACHINES.file(".")).run(words, "expect large +0%.*large +100% +19.1 MB");
    assertThat(shown.toString(), shown.exitCode(), equalTo(0));
  }

  @Test
  public void whatCannotBeCopiedIsSaidAndTheOthersAre() throws Exception {
    Path file = random("small", 10);
    for (Server server : servers()) {
      Finished some = cp(server, MACHINES.file("no") + "", file + "", server.at(""));
      assertThat(some.toString(), some.exitCode(), equalTo(25));
      assertThat(some.err(), containsString("There is no '" + MACHINES.file("no") + "' here"));
      assertThat(Files.size(server.root().resolve("small")), equalTo(10L));
      Finished full = cp(server, server.at("small"), "/dev/full");
      assertThat(full.toString(), full.exitCode(), equalTo(25));
      assertThat(full.err(), containsString("The disk here is full"));
    }
    Finished usage = cp(servers().get(0), file.toString(), file.toString());
    assertThat(usage.toString(), usage.exitCode(), equalTo(2));
  }
}
