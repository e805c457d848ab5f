package org.noports.atserver;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.noports.atserver.TwoAtSigns.ALICE;
import static org.noports.atserver.TwoAtSigns.BOB;
import static org.noports.atserver.TwoAtSigns.BOBS_KEYS;
import static org.noports.atserver.TwoAtSigns.get;
import static org.noports.atserver.TwoAtSigns.refusal;
import static org.noports.atserver.TwoAtSigns.toBob;

import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.Rule;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.api.AtSignNotFound;
import org.noports.api.ProtocolViolation;
import org.noports.api.ValueNotFound;
import org.noports.api.atserver.AtServerSession;
import org.noports.api.atserver.Lifetime;
import org.noports.api.atserver.Notification;
import org.noports.atserver.FakeStore.Stored;
import org.noports.testkit.fakes.RealKeys;

public class EncryptionTest {
  private static final String SECRET = "{\"hello\":\"wörld\"}";
  private static final byte[] AES =
      "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  @Rule public final TwoAtSigns two = new TwoAtSigns();

  @Test
  public void aNotificationArrivesInClearAndTravelsEncrypted() throws Exception {
    BlockingQueue<Notification> inbox = two.inbox(two.session(BOB));
    String id = get(two.session(ALICE).notify(toBob("npt_request.dev1.sshnp", SECRET)));
    Notification heard = inbox.poll(60, TimeUnit.SECONDS);
    assertThat(heard.id(), is(id));
    assertThat(heard.from(), is(ALICE));
    assertThat(heard.name(), is("npt_request.dev1.sshnp"));
    assertThat(heard.value(), is(SECRET));
    String line = two.world.await("> notify:");
    assertThat(line, not(containsString("hello")));
    assertThat(line, containsString(":ttln:60000:ttl:10000:isEncrypted:true:sharedKeyEnc:"));
    assertThat(line, containsString(":@bob:npt_request.dev1.sshnp@alice:"));
  }

  @Test
  public void bothWaysWork() throws Exception {
    BlockingQueue<Notification> alices = two.inbox(two.session(ALICE));
    get(
        two.session(BOB)
            .notify(
                org.noports.api.atserver.OutgoingNotification.ofSession(
                    ALICE, "heartbeat.dev1.sshnp", "{}")));
    assertThat(alices.poll(60, TimeUnit.SECONDS).value(), is("{}"));
  }

  @Test
  public void theSharedKeyIsStoredForBothAndUsedAgainByTheNextSession() throws Exception {
    get(two.session(ALICE).notify(toBob("a.sshnp", SECRET)));
    String own = two.world.store.values.get("shared_key.bob@alice").value();
    String bobs = two.world.store.values.get("@bob:shared_key@alice").value();
    assertThat(own, not(bobs));
    two.atServers.stop();
    two.atServers = two.connecting(TwoAtSigns.settings());
    BlockingQueue<Notification> inbox = two.inbox(two.session(BOB));
    get(two.session(ALICE).notify(toBob("b.sshnp", SECRET)));
    assertThat(inbox.poll(60, TimeUnit.SECONDS).value(), is(SECRET));
    assertThat(two.world.store.values.get("shared_key.bob@alice").value(), is(own));
  }

  @Test
  public void whatCBasedSendersWriteIsReadWithTheKeyThatTheyStore() throws Exception {
    storeKeyForBob();
    BlockingQueue<Notification> inbox = two.inbox(two.session(BOB));
    String nonce =
        Base64.getEncoder()
            .encodeToString(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16});
    tell("with nonce", Map.of("ivNonce", nonce), Base64.getDecoder().decode(nonce));
    tell("with zeros", Map.of(), new byte[16]);
    assertThat(inbox.poll(60, TimeUnit.SECONDS).value(), is("with nonce"));
    assertThat(inbox.poll(60, TimeUnit.SECONDS).value(), is("with zeros"));
  }

  @Test
  public void aSenderThatReplacedItsKeyIsReadAgain() throws Exception {
    BlockingQueue<Notification> inbox = two.inbox(two.session(BOB));
    byte[] old = AES.clone();
    old[0] ^= 1;
    storeForBob(old);
    tell("unreadable: " + "x".repeat(64), Map.of(), new byte[16]);
    storeKeyForBob();
    tell("readable: " + "x".repeat(64), Map.of(), new byte[16]);
    assertThat(inbox.poll(60, TimeUnit.SECONDS).value(), containsString("readable: "));
  }

  @Test
  public void aReaderWithANewPublicKeyGetsANewSharedKey() throws Exception {
    AtServerSession alice = two.session(ALICE);
    get(alice.notify(toBob("a.sshnp", SECRET)));
    String before = two.world.store.values.get("@bob:shared_key@alice").value();
    RealKeys renewed = BOBS_KEYS.withNewEncryptionKey();
    two.world.publish(renewed);
    assertThat(get(alice.publicKeyOf(BOB)), is(renewed.encryptionPublicKey()));
    two.identities.put(BOB, renewed);
    BlockingQueue<Notification> inbox = two.inbox(two.session(BOB));
    get(alice.notify(toBob("b.sshnp", "for the new key")));
    assertThat(inbox.poll(60, TimeUnit.SECONDS).name(), is("b.sshnp"));
    assertThat(two.world.store.values.get("@bob:shared_key@alice").value(), not(before));
  }

  @Test
  public void whatIsNotEncryptedOrNotForUsIsDroppedAndTheRestArrives() throws Exception {
    BlockingQueue<Notification> inbox = two.inbox(two.session(BOB));
    two.world.tell(
        "1", "@alice", "@bob", "@bob:x.sshnp@alice", "clear", Map.of("isEncrypted", "false"));
    two.world.tell("2", "@mallory", "@bob", "@bob:x.sshnp@alice", "AAAA", Map.of());
    two.world.tell("3", "@mallory", "@bob", "@bob:x.sshnp@mallory", "AAAA", Map.of());
    two.world.say(
        "@bob",
        "notification: {\"id\":\"-1\",\"from\":\"@bob\",\"to\":\"@bob\",\"key\":\"statsNotification.@bob\",\"value\":\"1\",\"operation\":\"update\",\"epochMillis\":1,\"messageType\":\"MessageType.key\",\"isEncrypted\":false,\"metadata\":null}\n");
    two.world.say("@bob", "notification: {\"broken\n");
    get(two.session(ALICE).notify(toBob("y.sshnp", "good")));
    assertThat(inbox.poll(60, TimeUnit.SECONDS).value(), is("good"));
    assertThat(inbox.poll(), nullValue());
  }

  @Test
  public void aSharedValueIsReadByItsReaderOnly() throws Exception {
    Lifetime lifetime =
        new Lifetime(
            java.util.Optional.of(java.time.Duration.ofDays(30)), java.util.Optional.of(-1), true);
    get(two.session(ALICE).putShared("device_info.dev1.sshnp", BOB, SECRET, lifetime));
    Stored stored = two.world.store.values.get("@bob:device_info.dev1.sshnp@alice");
    assertThat(stored.metadata().get("ttl"), is("2592000000"));
    assertThat(stored.metadata().get("ttr"), is("-1"));
    assertThat(stored.metadata().get("ccd"), is("true"));
    assertThat(get(two.session(BOB).lookUpShared("device_info.dev1.sshnp", ALICE)), is(SECRET));
    get(two.session(ALICE).deleteShared("device_info.dev1.sshnp", BOB));
    refusal(ValueNotFound.class, two.session(BOB).lookUpShared("device_info.dev1.sshnp", ALICE));
  }

  @Test
  public void aPublicValueKeepsItsLineEnds() throws Exception {
    get(two.session(ALICE).putPublic("motd.sshnp", "one\ntwo\n"));
    assertThat(get(two.session(BOB).lookUpPublic("motd.sshnp", ALICE)), is("one\ntwo\n"));
  }

  @Test
  public void onlyTheFirstStoresWhatIsStoredOnce() throws Exception {
    Lifetime lifetime = Lifetime.of(java.time.Duration.ofSeconds(30));
    AtServerSession alice = two.session(ALICE);
    assertThat(get(alice.putIfAbsent("1.session_mutexes.sshnp", "lock", lifetime)), is(true));
    assertThat(get(alice.putIfAbsent("1.session_mutexes.sshnp", "lock", lifetime)), is(false));
  }

  @Test
  public void scanListsNames() throws Exception {
    get(two.session(ALICE).putPublic("a.sshnp", "1"));
    assertThat(
        get(two.session(ALICE).scan("a\\.sshnp")), is(java.util.List.of("public:a.sshnp@alice")));
  }

  @Test
  public void whoDoesNotExistAndWhoHasNoUsableKeyIsNamed() throws Exception {
    AtServerSession alice = two.session(ALICE);
    refusal(AtSignNotFound.class, alice.publicKeyOf(AtSign.of("@nobody")));
    two.world.store.values.put("public:publickey@bob", new Stored("AAAA", Map.of()));
    assertThat(
        refusal(ProtocolViolation.class, alice.notify(toBob("a.sshnp", "x"))).getMessage(),
        containsString("@bob"));
  }

  private void tell(String text, Map<String, String> metadata, byte[] iv) throws Exception {
    int padding = 16 - text.length() % 16;
    String padded = text + String.valueOf((char) padding).repeat(padding);
    Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
    cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(AES, "AES"), new IvParameterSpec(iv));
    byte[] sealed = cipher.doFinal(padded.getBytes(StandardCharsets.US_ASCII));
    two.world.tell(
        text,
        "@alice",
        "@bob",
        "@bob:x.sshnp@alice",
        Base64.getEncoder().encodeToString(sealed),
        metadata);
  }

  private void storeKeyForBob() throws Exception {
    storeForBob(AES);
  }

  private void storeForBob(byte[] aes) throws Exception {
    byte[] x509 = Base64.getDecoder().decode(BOBS_KEYS.encryptionPublicKey());
    PublicKey bobs = KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(x509));
    Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
    cipher.init(Cipher.ENCRYPT_MODE, bobs);
    String wrapped =
        Base64.getEncoder().encodeToString(cipher.doFinal(Base64.getEncoder().encode(aes)));
    two.world.store.values.put("@bob:shared_key@alice", new Stored(wrapped, Map.of()));
  }
}
