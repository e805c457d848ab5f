package org.noports.atserver.pq;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.api.AtSign;
import org.noports.api.atserver.SealedValue;
import org.noports.api.atserver.ValueAddress;
import org.noports.api.health.Health;
import org.noports.testkit.Eventually;
import org.noports.testkit.fakes.AtServerWorld;
import org.noports.testkit.fakes.FakeIdentities;
import org.noports.testkit.fakes.RealKeys;

public class PublishKeysTest {
  private static final AtSign ALICE = AtSign.of("@alice");
  private static final AtSign BOB = AtSign.of("@bob");
  private static final RealKeys BOBS = RealKeys.of("@bob");
  private static final String RECORD = "public:__nskey.sshnp@bob";

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final AtServerWorld world = new AtServerWorld().with(BOBS);
  private final RealCiphers ciphers = new RealCiphers();
  private NamespaceKeys keys;
  private Optional<PublishKeys> publishing = Optional.empty();

  @Before
  public void configure() {
    keys = new NamespaceKeys(new TestConfig("", "seeds", "refuse"));
    configure(keys);
  }

  private void configure(NamespaceKeys changed) {
    String seeds = folder.getRoot().toPath().resolve("seeds").toString();
    changed.change(new TestConfig("@bob:sshnp", seeds, "refuse"));
  }

  private void publish() {
    FakeIdentities identities = new FakeIdentities().with(BOBS);
    publishing = Optional.of(new PublishKeys(keys, world, identities, ciphers));
  }

  @After
  public void stop() {
    publishing.ifPresent(PublishKeys::stop);
    world.close();
  }

  @Test
  public void whoReadsWhatWasPublishedCanWriteToUs() throws Exception {
    publish();
    Eventually.holds(() -> world.values().containsKey(RECORD));
    FakeRecords.World records = new FakeRecords.World();
    records.open.put(RECORD, world.values().get(RECORD));
    records.open.put("public:_apsk.primary.a.__e@bob", BOBS.signingKeyRecord());
    NamespaceKeyCodec codec = new NamespaceKeyCodec(ciphers, keys);
    ValueAddress address = new ValueAddress(ALICE, BOB, "npt_request.dev1.sshnp");
    SealedValue value =
        codec
            .seal(new FakeRecords(ALICE, records), address, "clear")
            .toCompletableFuture()
            .get(60, TimeUnit.SECONDS)
            .orElseThrow();
    assertThat(
        codec
            .open(new FakeRecords(BOB, records), address, value)
            .toCompletableFuture()
            .get(60, TimeUnit.SECONDS),
        is("clear"));
  }

  @Test
  public void thePublishedRecordNamesItsSignerAsUpstreamDoes() throws Exception {
    publish();
    Eventually.holds(() -> world.values().containsKey(RECORD));
    SignedDocument document = SignedDocument.parse("at-nskey-ring+jws", world.values().get(RECORD));
    assertEquals(Optional.of("primary"), document.enrollment());
    assertEquals(
        List.of("alg", "typ", "kid", "enid", "v"),
        List.copyOf(document.signatures().get(0).said().fields().keySet()));
  }

  @Test
  public void aPlaceThatTheSettingsGainIsPublishedAtOnce() throws Exception {
    keys.change(new TestConfig("", "seeds", "refuse"));
    publish();
    Eventually.holds(() -> publishing.orElseThrow().check().status() == Health.Status.OK);
    configure(keys);
    Eventually.holds(() -> world.values().containsKey(RECORD));
    Eventually.holds(() -> publishing.orElseThrow().check().status() == Health.Status.OK);
  }

  @Test
  public void aRecordOfAnotherProgramIsNotOverwritten() throws Exception {
    publish();
    Eventually.holds(() -> world.values().containsKey(RECORD));
    publishing.orElseThrow().stop();
    String theirs = world.values().get(RECORD);
    String other = folder.getRoot().toPath().resolve("other").toString();
    keys.change(new TestConfig("@bob:sshnp", other, "refuse"));
    publish();
    Eventually.holds(
        () -> publishing.orElseThrow().refusal().orElse("").contains("another program"));
    assertEquals(theirs, world.values().get(RECORD));
  }
}
