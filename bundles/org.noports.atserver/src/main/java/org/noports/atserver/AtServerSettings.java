package org.noports.atserver;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How connections to atServers are made and kept; a change is for connections from now on.
 *
 * @param trust PEM files and folders of CAs, beside the JDK's
 * @param connectTimeout for TCP and TLS together
 * @param answerTimeout for each command
 * @param heartbeat longest silence on a connection before it is asked for a sign of life
 * @param selfTest longest time without a notification before hearing is tested; zero for never
 * @param state folder of what was heard already; empty for in memory only
 * @param sendCodec id of the codec that encrypts what is sent; empty for what every client reads
 */
record AtServerSettings(
    List<Path> trust,
    Duration connectTimeout,
    Duration answerTimeout,
    Duration heartbeat,
    Duration selfTest,
    Optional<Path> state,
    Optional<String> sendCodec) {
  AtServerSettings {
    trust = List.copyOf(trust);
  }

  /** Sends what every client reads. */
  AtServerSettings(
      List<Path> trust,
      Duration connectTimeout,
      Duration answerTimeout,
      Duration heartbeat,
      Duration selfTest,
      Optional<Path> state) {
    this(trust, connectTimeout, answerTimeout, heartbeat, selfTest, state, Optional.empty());
  }

  AtServerSettings sendingBy(String codec) {
    Optional<String> id = Optional.of(codec.strip()).filter(text -> !text.isEmpty());
    return new AtServerSettings(
        trust, connectTimeout, answerTimeout, heartbeat, selfTest, state, id);
  }

  /** Relative paths are those of the Karaf instance, whatever folder it was started in. */
  static List<Path> paths(String commaList) {
    String base = System.getProperty("karaf.base", "");
    return Stream.of(commaList.split(","))
        .map(String::trim)
        .filter(text -> !text.isEmpty())
        .map(text -> Path.of(base).resolve(text).toAbsolutePath().normalize())
        .toList();
  }
}
