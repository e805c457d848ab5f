package org.noports.tunnel.link;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.instanceOf;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Test;
import org.noports.api.NoPortsException;
import org.noports.api.ProtocolViolation;
import org.noports.testkit.relay.AdversarialRelay;
import org.noports.transport.EventLoops;

/** Links over sockets, through a relay in another process that tampers with all but the first. */
public class TamperedLinksIT {
  private static final int SESSIONS = 200;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final EventLoops loops = EventLoops.start("tampered-links", 1);

  @After
  public void stop() {
    loops.close();
  }

  private static Optional<NoPortsException> end(SocketEnd end) throws Exception {
    return end.ended().toCompletableFuture().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  @Test
  public void eachTamperedLinkEndsAtBothEndsWithAViolation() throws Exception {
    var kinds = new TreeMap<String, Integer>();
    try (var relay = AdversarialRelay.pairing(20_261_121, true)) {
      for (int number = 0; number <= SESSIONS; number++) {
        int seed = number % 20 * 6 + 1;
        var client =
            SocketEnd.dial(loops, relay.clientPort(), LinkEnd.keys(true, seed, JdkAlgorithms.BOTH));
        var device =
            SocketEnd.dial(
                loops, relay.devicePort(), LinkEnd.keys(false, seed, JdkAlgorithms.BOTH));
        Optional<NoPortsException> atClient = end(client);
        Optional<NoPortsException> atDevice = end(device);
        assertTrue(client.heardOnlyWhatWasSaid() && device.heardOnlyWhatWasSaid());
        if (number == 0) {
          assertEquals(Optional.empty(), atClient);
          assertEquals(Optional.empty(), atDevice);
          assertTrue(client.heardAll() && device.heardAll());
        } else {
          String attack = relay.awaitAttack(number, LIMIT);
          assertThat(attack, atClient.orElseThrow(), instanceOf(ProtocolViolation.class));
          assertThat(attack, atDevice.orElseThrow(), instanceOf(ProtocolViolation.class));
          kinds.merge(attack.split(" ")[2], 1, Integer::sum);
        }
      }
    }
    System.out.println("NP2: " + SESSIONS + " tampered links, 0 went through: " + kinds);
    assertEquals(7, kinds.size());
  }
}
