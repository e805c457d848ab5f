package org.noports.atserver;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.noports.atserver.TwoAtSigns.ALICE;
import static org.noports.atserver.TwoAtSigns.BOB;
import static org.noports.atserver.TwoAtSigns.get;
import static org.noports.atserver.TwoAtSigns.refusal;
import static org.noports.atserver.TwoAtSigns.toBob;

import java.lang.annotation.Annotation;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.api.RequirementUnmet;
import org.noports.api.atserver.Lifetime;
import org.noports.api.atserver.Notification;
import org.noports.api.atserver.ValueCodec;
import org.noports.atserver.pq.NamespaceKeyCodec;
import org.noports.atserver.pq.NamespaceKeys;
import org.noports.atserver.pq.PqConfig;
import org.noports.atserver.pq.PublishKeys;
import org.noports.testkit.Eventually;

/** The bundle that is off by default, under the sessions and over real TLS. */
public class PostQuantumValuesTest {
  private static final String VALUES = "at/symmetric/AES/GCM";

  @Rule public final TwoAtSigns two = new TwoAtSigns();
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private NamespaceKeys keys;

  private record Config(String publish, String keys, String withoutKey) implements PqConfig {
    @Override
    public int rotateDays() {
      return 0;
    }

    @Override
    public Class<? extends Annotation> annotationType() {
      return PqConfig.class;
    }
  }

  @Before
  public void sendByTheCodec() {
    two.atServers.stop();
    two.atServers = two.connecting(TwoAtSigns.settings().sendingBy(VALUES));
    String seeds = folder.getRoot().toPath().resolve("seeds").toString();
    keys = new NamespaceKeys(new Config("@bob:sshnp", seeds, "refuse"));
    NamespaceKeyCodec codec = new NamespaceKeyCodec(PostQuantumCiphers.ciphers(), keys);
    two.atServers.bindCodec(codec, Map.of(ValueCodec.ID, VALUES));
  }

  private void publish() throws Exception {
    PublishKeys publishing =
        new PublishKeys(keys, two.atServers, two, PostQuantumCiphers.ciphers());
    try {
      Eventually.holds(
          () ->
              two.world.store.values.containsKey("public:__nskey.sshnp@bob")
                  && two.world.store.values.containsKey("public:_apsk.primary.a.__e@bob"));
    } finally {
      publishing.stop();
    }
  }

  @Test
  public void notificationsAndValuesArriveUnderKeysThatBobPublished() throws Exception {
    publish();
    BlockingQueue<Notification> inbox = two.inbox(two.session(BOB));
    get(two.session(ALICE).notify(toBob("npt_request.dev1.sshnp", "{\"hello\":\"wörld\"}")));
    assertThat(inbox.poll(60, TimeUnit.SECONDS).value(), is("{\"hello\":\"wörld\"}"));
    String line = two.world.await("> notify:");
    assertThat(line, containsString(":appMetadata:"));
    assertThat(line, not(containsString("sharedKeyEnc")));
    get(two.session(ALICE).putShared("device_info.dev1.sshnp", BOB, "{}", Lifetime.KEPT));
    assertThat(get(two.session(BOB).lookUpShared("device_info.dev1.sshnp", ALICE)), is("{}"));
    long conveyed =
        two.world.store.values.keySet().stream()
            .filter(key -> key.matches("@bob:[0-9a-f]{16}\\.__ck\\.sshnp@alice"))
            .count();
    assertThat("one content key for all of it", conveyed, is(1L));
  }

  @Test
  public void nothingIsSentToWhoPublishesNoKey() throws Exception {
    assertThat(
        refusal(RequirementUnmet.class, two.session(ALICE).notify(toBob("a.sshnp", "x")))
            .getMessage(),
        containsString("@bob publishes no post-quantum key"));
  }
}
