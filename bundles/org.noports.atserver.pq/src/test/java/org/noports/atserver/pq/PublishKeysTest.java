package org.noports.atserver.pq;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertEquals;

import java.time.Clock;
import java.time.Duration;
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
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.health.Health;
import org.noports.protocol.json.JsonObject;
import org.noports.testkit.Eventually;
import org.noports.testkit.fakes.AtServerWorld;
import org.noports.testkit.fakes.FakeIdentities;
import org.noports.testkit.fakes.RealKeys;

public class PublishKeysTest {
  private static final AtSign ALICE = AtSign.of("@alice");
  private static final AtSign BOB = AtSign.of("@bob");
  private static final RealKeys BOBS = RealKeys.of("@bob");
  private static final ValueAddress ADDRESS =
      new ValueAddress(ALICE, BOB, "npt_request.dev1.sshnp");
  private static final String RECORD = "public:__nskey.sshnp@bob";

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final AtServerWorld world = new AtServerWorld().with(BOBS);
  private final CipherCatalogue ciphers = RealCiphers.ciphers();
  private final FakeRecords.World records = new FakeRecords.World();
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
    publish(Clock.systemUTC());
  }

  private void publish(Clock clock) {
    FakeIdentities identities = new FakeIdentities().with(BOBS);
    publishing = Optional.of(new PublishKeys(keys, world, identities, ciphers, clock));
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
    assertThat(opened(sealed()), is("clear"));
  }

  /** As a writer that knows nothing yet has it. */
  private SealedValue sealed() throws Exception {
    records.open.put(RECORD, world.values().get(RECORD));
    records.open.put("public:_apsk.primary.a.__e@bob", BOBS.signingKeyRecord());
    return new NamespaceKeyCodec(ciphers, keys)
        .seal(new FakeRecords(ALICE, records), ADDRESS, "clear")
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS)
        .orElseThrow();
  }

  private String opened(SealedValue value) throws Exception {
    return new NamespaceKeyCodec(ciphers, keys)
        .open(new FakeRecords(BOB, records), ADDRESS, value)
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS);
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
  public void aKeyThatHasServedItsTimeIsReplacedAndStillOpens() throws Exception {
    publish();
    Eventually.holds(() -> world.values().containsKey(RECORD));
    SealedValue before = sealed();
    String conveyed = records.sealed.keySet().iterator().next();
    publishing.orElseThrow().stop();
    world.values().keySet().removeIf(key -> key.contains("_nskeylock"));
    String seeds = folder.getRoot().toPath().resolve("seeds").toString();
    keys.change(new TestConfig("@bob:sshnp", seeds, "refuse", 30));
    String first = world.values().get(RECORD);
    publish(Clock.offset(Clock.systemUTC(), Duration.ofDays(29)));
    Eventually.holds(() -> publishing.orElseThrow().refusal().isEmpty());
    assertEquals(first, world.values().get(RECORD));
    publishing.orElseThrow().stop();
    publish(Clock.offset(Clock.systemUTC(), Duration.ofDays(31)));
    Eventually.holds(() -> !world.values().get(RECORD).equals(first));
    JsonObject ring =
        SignedDocument.parse("at-nskey-ring+jws", world.values().get(RECORD)).unverified();
    assertEquals(2, ring.array("keys").orElseThrow().items().size());
    assertEquals(1, Advertisement.parse(ring).keys().size());
    assertThat(opened(before), is("clear"));
    records.sealed.keySet().removeIf(key -> !key.equals(conveyed));
    assertThat(opened(sealed()), is("clear"));
    assertEquals("for the new key another content key", 2, records.sealed.size());
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
