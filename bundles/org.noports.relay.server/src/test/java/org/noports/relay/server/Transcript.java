package org.noports.relay.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.noports.api.AtSign;
import org.noports.protocol.session.MessageNames;
import org.noports.protocol.session.RelayReply;

/**
 * Plays a conversation with the relay from a file, byte for byte. Each line is one step:
 *
 * <pre>
 * publickey @x BASE64     what @x publishes to verify its signed line
 * signingkey @x BASE64    what @x publishes to verify its answers
 * request JSON            the client asks for ports
 * reply JSON              the relay's answer; # stands for a port
 * NAME dials a|b          a socket to the client's or the device's port
 * NAME > TEXT             the peer says these bytes
 * NAME < TEXT             the relay says exactly these bytes
 * NAME ends | ended       the peer ends its output | the relay has ended its own
 * pass MILLIS             once an alarm of that delay is set, that time passes
 * </pre>
 */
final class Transcript {
  private final RelayRig rig;
  private final Map<String, RelayPeer> peers = new HashMap<>();
  private RelayReply reply = new RelayReply("none", 0, 0, "", false, false);

  private Transcript(RelayRig rig) {
    this.rig = rig;
  }

  /** Chance that repeats itself: the first draw is all ones, the second all twos. */
  static final class Counting extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private byte draw;

    @Override
    public synchronized void nextBytes(byte[] bytes) {
      Arrays.fill(bytes, ++draw);
    }
  }

  static void play(String file) throws Exception {
    try (RelayRig rig = new RelayRig(new Counting())) {
      Transcript transcript = new Transcript(rig);
      try {
        for (String step : steps(file)) {
          transcript.step(step);
        }
      } finally {
        for (RelayPeer peer : transcript.peers.values()) {
          peer.close();
        }
      }
    }
  }

  private static List<String> steps(String file) throws IOException {
    try (InputStream in = Transcript.class.getResourceAsStream("/transcripts/" + file)) {
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    }
  }

  private void step(String line) throws Exception {
    String[] words = line.split(" ", 3);
    switch (words[0]) {
      case "publickey" -> rig.world.publishEncryptionKey(AtSign.of(words[1]), words[2]);
      case "signingkey" -> rig.world.publish("_apsk.primary.a.__e", AtSign.of(words[1]), words[2]);
      case "request" ->
          rig.tell(MessageNames.relayRequest(RelayRig.DEV1), line.substring("request ".length()));
      case "reply" -> reply(line.substring("reply ".length()));
      case "pass" -> pass(Duration.ofMillis(Long.parseLong(words[1])));
      default -> peer(words[0], words[1], words.length > 2 ? words[2] : "");
    }
  }

  private void reply(String expected) throws Exception {
    String said = rig.atServer().takeSent().value();
    assertThat(said.replaceAll("(\"port[AB]\":)\\d+", "$1#"), is(expected));
    reply = RelayReply.parse(said);
  }

  private void pass(Duration time) throws Exception {
    rig.timer.await(time, 1);
    rig.timer.advance(time);
  }

  private void peer(String name, String verb, String text) throws Exception {
    switch (verb) {
      case "dials" ->
          peers.put(
              name, new RelayPeer(text.equals("a") ? reply.clientPort() : reply.devicePort()));
      case ">" -> peers.get(name).say(bytes(text));
      case "<" -> assertThat(peers.get(name).hear(bytes(text).length()), is(bytes(text)));
      case "ends" -> peers.get(name).endOutput();
      case "ended" -> assertThat(peers.get(name).hearAll(), is(""));
      default -> throw new AssertionError("No such step: " + name + " " + verb);
    }
  }

  private static String bytes(String text) {
    return text.translateEscapes();
  }
}
