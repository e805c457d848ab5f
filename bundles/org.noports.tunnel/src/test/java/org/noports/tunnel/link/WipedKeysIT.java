package org.noports.tunnel.link;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItems;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.api.Secret;
import org.noports.api.tunnel.Np2Keys;
import org.noports.api.tunnel.Suite;

/** What is left of a link's secrets on the heap when it has ended: nothing. */
public class WipedKeysIT {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final RecordedSecrets secrets = new RecordedSecrets();
  private final byte[][] handshake = new byte[6][32];

  public WipedKeysIT() {
    for (byte[] each : handshake) {
      new SecureRandom().nextBytes(each);
    }
  }

  private LinkEnd end(boolean client) {
    var keys =
        new Np2Keys(
            client,
            secrets.algorithms(Suite.X25519_AES_256_GCM).orElseThrow(),
            secrets,
            handshake[0],
            secrets.seen(Secret.copyOf(handshake[1])),
            secrets.seen(Secret.copyOf(handshake[2])),
            secrets.seen(Secret.copyOf(handshake[3])),
            secrets.seen(Secret.copyOf(handshake[4])),
            secrets.seen(Secret.copyOf(handshake[5])));
    return new LinkEnd(keys, new SessionRoot(keys));
  }

  private static void talk(LinkEnd client, LinkEnd device) {
    for (LinkEnd end : List.of(client, device)) {
      end.send(new byte[2000]);
      end.link.flush();
    }
    LinkEnd.exchange(client, device);
    assertTrue(client.why.isEmpty() && device.why.isEmpty());
  }

  @Test
  public void afterALinkHasEndedNoSecretOfItIsInAHeapDump() throws Exception {
    var limits = LinkLimits.DEFAULT.ratchetEvery(1000, Duration.ofMinutes(10));
    LinkEnd client = end(true).start(0, limits);
    LinkEnd device = end(false).start(0, limits);
    for (byte[] each : handshake) {
      Arrays.fill(each, (byte) 0);
    }
    LinkEnd.exchange(client, device);
    for (Suite suite : secrets.usable()) {
      talk(client, device);
      client.link.freshKeys(secrets.algorithms(suite).orElseThrow());
      LinkEnd.exchange(client, device);
      assertEquals(suite, device.root.algorithms().suite());
      talk(client, device);
    }
    HeapDump during = HeapDump.into(file("during.hprof"));
    client.link.close();
    LinkEnd.exchange(client, device);
    assertTrue(client.ended && device.ended && client.why.isEmpty());
    for (LinkEnd end : List.of(client, device)) {
      end.keys.close();
      end.root.close();
    }
    HeapDump after = HeapDump.into(file("after.hprof"));
    List<byte[]> all = secrets.unmasked();
    Set<Integer> found = during.find(all);
    System.out.println("During the link " + found + " of " + all.size() + " uses are there");
    assertThat("a search that finds nothing proves nothing", found.size(), greaterThan(4));
    assertThat(after.find(all), empty());
    assertTrue(client.data.readableBytes() == 8000);
    assertThat(client.news, hasItems("changed aes256gcm", "changed chacha20poly1305"));
  }

  private Path file(String name) {
    return folder.getRoot().toPath().resolve(name);
  }
}
