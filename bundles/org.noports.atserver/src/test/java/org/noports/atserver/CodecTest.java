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

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.Rule;
import org.junit.Test;
import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;
import org.noports.api.RequirementUnmet;
import org.noports.api.atserver.AtServerSession;
import org.noports.api.atserver.Lifetime;
import org.noports.api.atserver.Notification;
import org.noports.api.atserver.SealedValue;
import org.noports.api.atserver.ValueAddress;
import org.noports.api.atserver.ValueCodec;
import org.noports.api.atserver.ValueRecords;
import org.noports.atserver.FakeStore.Stored;
import org.noports.protocol.verb.AppMetadata;

/** Which codec writes a value is said by the settings, which one reads it by the value. */
public class CodecTest {
  private static final String MIRROR = "test/mirror";
  private static final Map<String, Object> PROPERTIES = Map.of(ValueCodec.ID, MIRROR);

  @Rule public final TwoAtSigns two = new TwoAtSigns();

  private final Mirror mirror = new Mirror();

  /** Writes backwards, and keeps its key in a record, as real codecs do. */
  private static final class Mirror implements ValueCodec {
    private volatile boolean declines;
    private volatile Optional<ValueAddress> opened = Optional.empty();

    @Override
    public CompletionStage<Optional<SealedValue>> seal(
        ValueRecords records, ValueAddress address, String clear) {
      if (declines) {
        return CompletableFuture.completedFuture(Optional.empty());
      }
      SealedValue value = new SealedValue(backwards(clear), said());
      return records
          .putSealed("key.__mirror.sshnp", address.reader(), value, Lifetime.KEPT)
          .thenApply(stored -> Optional.of(value));
    }

    @Override
    public CompletionStage<String> open(
        ValueRecords records, ValueAddress address, SealedValue sealed) {
      opened = Optional.of(address);
      return records
          .lookUpSealed("key.__mirror.sshnp", address.writer())
          .thenApply(key -> backwards(sealed.text()));
    }

    private static String said() {
      return "{\"providerId\":\"" + MIRROR + "\",\"ns\":\"sshnp\"}";
    }

    private static String backwards(String text) {
      return new StringBuilder(text).reverse().toString();
    }
  }

  private void sendingByTheMirror() {
    two.atServers.stop();
    two.atServers = two.connecting(TwoAtSigns.settings().sendingBy(" " + MIRROR));
  }

  @Test
  public void aCodecThatIsOnlyPresentWritesNothing() throws Exception {
    two.atServers.bindCodec(mirror, PROPERTIES);
    get(two.session(ALICE).notify(toBob("a.sshnp", "abc")));
    String line = two.world.await("> notify:");
    assertThat(line, containsString(":sharedKeyEnc:"));
    assertThat(line, not(containsString("appMetadata")));
  }

  @Test
  public void theOneOfTheSettingsWritesNotificationsAndValuesAndTheirReaderFindsIt()
      throws Exception {
    sendingByTheMirror();
    two.atServers.bindCodec(mirror, PROPERTIES);
    BlockingQueue<Notification> inbox = two.inbox(two.session(BOB));
    get(two.session(ALICE).notify(toBob("a.sshnp", "abc")));
    assertThat(inbox.poll(60, TimeUnit.SECONDS).value(), is("abc"));
    assertThat(mirror.opened, is(Optional.of(new ValueAddress(ALICE, BOB, "a.sshnp"))));
    String line = two.world.await("> notify:");
    assertThat(line, containsString(":appMetadata:" + AppMetadata.encode(Mirror.said())));
    assertThat(line, containsString(":isEncrypted:true:"));
    assertThat(line, not(containsString("sharedKeyEnc")));
    assertThat(line, containsString("@alice:cba"));
    get(two.session(ALICE).putShared("b.sshnp", BOB, "123", Lifetime.KEPT));
    assertThat(two.world.store.values.get("@bob:b.sshnp@alice").value(), is("321"));
    assertThat(get(two.session(BOB).lookUpShared("b.sshnp", ALICE)), is("123"));
  }

  @Test
  public void thatACodecStoredAKeyForUsIsToldToNobody() throws Exception {
    BlockingQueue<Notification> inbox = two.inbox(two.session(BOB));
    get(two.session(ALICE).notify(toBob("0123456789abcdef.__ck.sshnp", "sealed")));
    get(two.session(ALICE).notify(toBob("a.sshnp", "abc")));
    assertThat(inbox.poll(60, TimeUnit.SECONDS).name(), is("a.sshnp"));
  }

  @Test
  public void whatHasOtherNamesOfTheProtocolIsTold() throws Exception {
    BlockingQueue<Notification> inbox = two.inbox(two.session(BOB));
    get(two.session(ALICE).notify(toBob("request.7.auth_checks.__rpcs.sshnp", "may I?")));
    get(two.session(ALICE).notify(toBob("a.sshnp", "abc")));
    assertThat(inbox.poll(60, TimeUnit.SECONDS).name(), is("request.7.auth_checks.__rpcs.sshnp"));
  }

  @Test
  public void whatItDeclinesIsWrittenAsForEveryClient() throws Exception {
    sendingByTheMirror();
    two.atServers.bindCodec(mirror, PROPERTIES);
    mirror.declines = true;
    BlockingQueue<Notification> inbox = two.inbox(two.session(BOB));
    get(two.session(ALICE).notify(toBob("a.sshnp", "abc")));
    assertThat(inbox.poll(60, TimeUnit.SECONDS).value(), is("abc"));
    assertThat(two.world.await("> notify:"), containsString(":sharedKeyEnc:"));
  }

  @Test
  public void whatItDeclinesIsNotSentWhereThatIsStrict() throws Exception {
    sendingByTheMirror();
    two.atServers.bindCodec(mirror, PROPERTIES);
    BlockingQueue<Notification> inbox = two.inbox(two.session(BOB));
    mirror.declines = true;
    RequirementUnmet unmet =
        refusal(
            RequirementUnmet.class,
            two.session(ALICE).notify(toBob("a.sshnp", "abc").strictIf(true)));
    assertThat(unmet.getMessage(), containsString("@bob publish one"));
    mirror.declines = false;
    get(two.session(ALICE).notify(toBob("b.sshnp", "abc").strictIf(true)));
    assertThat(inbox.poll(60, TimeUnit.SECONDS).name(), is("b.sshnp"));
  }

  @Test
  public void strictSaysNothingWhereNoCodecIsSet() throws Exception {
    BlockingQueue<Notification> inbox = two.inbox(two.session(BOB));
    get(two.session(ALICE).notify(toBob("a.sshnp", "abc").strictIf(true)));
    assertThat(inbox.poll(60, TimeUnit.SECONDS).value(), is("abc"));
  }

  @Test
  public void nothingIsSentWhileTheOneOfTheSettingsIsAway() throws Exception {
    sendingByTheMirror();
    AtServerSession alice = two.session(ALICE);
    CipherUnavailable refused =
        refusal(CipherUnavailable.class, alice.notify(toBob("a.sshnp", "abc")));
    assertThat(refused.getMessage(), containsString("sendCodec"));
    two.atServers.bindCodec(mirror, PROPERTIES);
    get(alice.notify(toBob("a.sshnp", "abc")));
    two.atServers.unbindCodec(mirror, PROPERTIES);
    refusal(CipherUnavailable.class, alice.notify(toBob("a.sshnp", "abc")));
  }

  @Test
  public void whatNobodyHereReadsIsNamedAndWhatSaysLegacyIsReadAsEver() throws Exception {
    two.world.store.values.put(
        "@bob:x.sshnp@alice",
        new Stored("AAAA", Map.of("appMetadata", AppMetadata.encode(Mirror.said()))));
    CipherUnavailable unknown =
        refusal(CipherUnavailable.class, two.session(BOB).lookUpShared("x.sshnp", ALICE));
    assertThat(unknown.getMessage(), containsString(MIRROR));
    two.world.store.values.put("@bob:y.sshnp@alice", new Stored("A", Map.of("appMetadata", "%")));
    refusal(ProtocolViolation.class, two.session(BOB).lookUpShared("y.sshnp", ALICE));
    get(two.session(ALICE).putShared("z.sshnp", BOB, "old", Lifetime.KEPT));
    Stored stored = two.world.store.values.get("@bob:z.sshnp@alice");
    Map<String, String> said = new HashMap<>(stored.metadata());
    said.put("appMetadata", AppMetadata.encode("{\"providerId\":\"legacy\"}"));
    two.world.store.values.put("@bob:z.sshnp@alice", new Stored(stored.value(), said));
    assertThat(get(two.session(BOB).lookUpShared("z.sshnp", ALICE)), is("old"));
  }
}
