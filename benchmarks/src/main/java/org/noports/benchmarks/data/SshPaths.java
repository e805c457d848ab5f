package org.noports.benchmarks.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.noports.testkit.process.Machine;

/** The ways to one sshd: directly, through HAProxy, and by the device's name. */
record SshPaths(Path folder, Machine client, int sshd, int hop) {
  private static final String CIPHER = "aes256-gcm@openssh.com";

  /** ssh as it is, to a port of this machine. */
  List<String> ssh(int port, String... more) {
    List<String> words = new ArrayList<>(List.of("ssh", "-p", Integer.toString(port)));
    words.addAll(options());
    words.add("127.0.0.1");
    return with(words, more);
  }

  /** scp as it is, through HAProxy. */
  List<String> scp(Path from, Path to) {
    List<String> words = new ArrayList<>(List.of("scp", "-q", "-P", Integer.toString(hop)));
    words.addAll(options());
    return with(words, from.toString(), "127.0.0.1:" + to);
  }

  /** {@code noports ssh}. */
  List<String> noports(String... more) {
    List<String> words = new ArrayList<>(noportsItself());
    words.add("ssh");
    words.addAll(own());
    words.addAll(List.of("-p", Integer.toString(sshd), "dev1@device"));
    return with(words, more);
  }

  /** scp through {@code noports proxy}. */
  List<String> proxiedScp(Path from, Path to) {
    String proxy = String.join(" ", noportsItself()) + " proxy dev1@device --to localhost:" + sshd;
    List<String> words = new ArrayList<>(List.of("scp", "-q", "-o", "ProxyCommand=" + proxy));
    words.addAll(options());
    return with(words, from.toString(), "dev1.device:" + to);
  }

  private List<String> noportsItself() {
    return List.of(
        "env",
        "NOPORTS_RUN=" + client.sockets(),
        client.distribution().noports().toString(),
        "--home",
        client.home().toString());
  }

  private List<String> options() {
    List<String> all = new ArrayList<>(own());
    all.addAll(List.of("-o", "UserKnownHostsFile=" + folder.resolve("known_hosts")));
    all.addAll(List.of("-o", "StrictHostKeyChecking=accept-new"));
    return all;
  }

  private List<String> own() {
    return List.of(
        "-F",
        "none",
        "-i",
        folder.resolve("sshd/user-key").toString(),
        "-c",
        CIPHER,
        "-o",
        "LogLevel=ERROR");
  }

  private static List<String> with(List<String> words, String... more) {
    words.addAll(Arrays.asList(more));
    return words;
  }
}
