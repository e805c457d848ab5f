package org.noports.atserver.host;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.Assert.assertEquals;
import static org.noports.atserver.host.TestHost.ALICE;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.noports.api.store.AtSignStore;
import org.noports.atserver.host.enrollment.SigningKeyRecords;
import org.noports.atserver.host.record.Records;
import org.noports.testkit.TestClock;

/** Enrollments over time, over restarts, and when several ask at once. */
public class EnrollmentsTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final TestClock clock = new TestClock(Instant.parse("2030-01-01T00:00:00Z"));

  @Rule public final TestHost host = new TestHost(new FakeAtStore(clock));

  private Line owner;

  @Before
  public void theOwnerIsThere() {
    owner = host.owner(ALICE);
  }

  private static String request(String device, String code, String more) {
    return "enroll:request:{\"appName\":\"a\",\"deviceName\":\""
        + device
        + "\",\"namespaces\":{\"sshnp\":\"rw\"},\"otp\":\""
        + code
        + "\",\"apkamPublicKey\":\""
        + PkamKeys.publicKeys().get("deviceKey")
        + "\",\"encryptedAPKAMSymmetricKey\":\"s\""
        + more
        + "}";
  }

  private String ask(String device, String more) {
    String answer = host.stranger(ALICE).data(request(device, owner.data("otp:get"), more));
    return answer.split("\"")[3];
  }

  private String enroll(String device, String more) {
    String id = ask(device, more);
    owner.data(approval(id));
    return id;
  }

  private static String approval(String id) {
    return "enroll:approve:{\"enrollmentId\":\""
        + id
        + "\",\"encryptedDefaultEncryptionPrivateKey\":\"x\","
        + "\"encryptedDefaultSelfEncryptionKey\":\"y\"}";
  }

  private static String about(String operation, String id) {
    return "enroll:" + operation + ":{\"enrollmentId\":\"" + id + "\"}";
  }

  /** Shows the device's keys, and returns what is answered. */
  private static String show(Line line, String id) {
    line.send(
        "pkam:enrollmentId:" + id + ":" + PkamKeys.sign("device", line.data("from:" + ALICE)));
    return line.read();
  }

  private Line enrolled(String id) {
    Line line = host.stranger(ALICE);
    assertEquals("data:success\n@alice@", show(line, id));
    return line;
  }

  @Test
  public void aRequestThatNobodyDecidesIsForgottenAfterTwoDays() {
    String id = ask("d", "");
    clock.advance(Duration.ofHours(48).minusMillis(1));
    assertThat(owner.data("enroll:list"), containsString(id));
    clock.advance(Duration.ofMillis(1));
    assertEquals("{}", owner.data("enroll:list"));
    owner.send(approval(id));
    owner.expect("error:AT0028:enrollment_id: " + id + " is expired or invalid\n@alice@");
    assertThat(show(host.stranger(ALICE), id), startsWith("error:AT0028:"));
  }

  @Test
  public void whatIsApprovedDoesNotExpireUnlessItsKeysDo() {
    String id = enroll("d", "");
    clock.advance(Duration.ofDays(3650));
    enrolled(id);
  }

  @Test
  public void keysThatHaveExpiredEndTheirConnectionAndOpenNoOther() {
    String id = enroll("d", ",\"apkamKeysExpiryInMillis\":" + HOUR.toMillis());
    Line device = enrolled(id);
    clock.advance(HOUR.minusMillis(1));
    assertEquals("ok", device.data("noop:0"));
    clock.advance(Duration.ofMillis(1));
    device.send("noop:0");
    device.expect(
        "error:AT0028:The enrollment id: " + id + " is expired. Closing the connection\n@alice@");
    device.expect("");
    assertEquals(
        "error:AT0028:enrollment_id: " + id + " is expired or invalid\n@",
        show(host.stranger(ALICE), id));
  }

  @Test
  public void aConnectionThatOnlyListensEndsWithItsKeysToo() {
    String id = enroll("d", ",\"apkamKeysExpiryInMillis\":" + HOUR.toMillis());
    // Near enough to the end that a test can wait for it, and far enough to get in before.
    clock.advance(HOUR.minusSeconds(3));
    Line device = enrolled(id);
    device.send("monitor");
    device.expect("");
  }

  @Test
  public void takingARevocationBackDoesNotProlongKeys() {
    String id = enroll("d", ",\"apkamKeysExpiryInMillis\":" + HOUR.toMillis());
    clock.advance(HOUR.minusMillis(1));
    owner.data(about("revoke", id));
    owner.data(about("unrevoke", id));
    enrolled(id);
    clock.advance(Duration.ofMillis(1));
    assertThat(show(host.stranger(ALICE), id), startsWith("error:AT0028:"));
  }

  @Test
  public void aCodeIsGoodForFiveMinutesOrAsLongAsIsSaid() {
    String code = owner.data("otp:get");
    String longer = owner.data("otp:get:ttl:600000");
    clock.advance(Duration.ofMinutes(5));
    Line stranger = host.stranger(ALICE);
    stranger.send(request("d", code, ""));
    stranger.expect("error:AT0011-Exception: invalid otp. Cannot process enroll request\n@");
    assertThat(stranger.data(request("d", longer, "")), containsString("pending"));
  }

  @Test
  public void ofManyWhoShowOneCodeAtOnceOneIsHeard() {
    String code = owner.data("otp:get");
    FakeAtSignStore store = (FakeAtSignStore) space();
    store.scansGo = new CompletableFuture<>();
    store.scansWaiting.set(0);
    List<Line> strangers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      strangers.add(host.stranger(ALICE));
      strangers.get(i).send(request("d" + i, code, ""));
    }
    // All have found the code good, and none has used it up.
    TestHost.await(() -> store.scansWaiting.get() >= strangers.size());
    store.scansGo.complete(null);
    long heard = strangers.stream().map(Line::read).filter(a -> a.startsWith("data:")).count();
    assertEquals(1, heard);
  }

  @Test
  public void whoWaitsForTheAnswerToAWrongCodeHoldsUpNobody() {
    host.settings.with("wrongPasscodeMillis", 55_000);
    host.host.modified(host.settings.config());
    List<Line> guessing = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      guessing.add(host.stranger(ALICE));
      guessing.get(i).send(request("d", "WRONG1", ""));
    }
    // The right code is answered at once, whatever others have tried.
    ask("d", "");
    assertEquals("ok", owner.data("noop:0"));
  }

  @Test
  public void enrollmentsOutliveARestart() {
    String id = enroll("d", "");
    String denied = ask("e", "");
    owner.data(about("deny", denied));
    host.stop();
    host.start();
    enrolled(id);
    assertThat(show(host.stranger(ALICE), denied), startsWith("error:AT0025:"));
  }

  @Test
  public void aKeyOfAnAlgorithmThatIsNotHereIsRefusedByName() {
    host.host.bindCiphers(new FakeCiphers(false));
    Line stranger = host.stranger(ALICE);
    stranger.data("from:" + ALICE);
    stranger.send("pkam:signingAlgo:mldsa65:AAAA");
    stranger.expect("error:AT0010-Exception: mldsa65: 'mldsa65' is not present\n@");
  }

  @Test
  public void whereNoAlgorithmsAreKnownTheErrorSaysWhatToStart() {
    FakeCiphers gone = new FakeCiphers(false);
    host.host.bindCiphers(gone);
    host.host.unbindCiphers(gone);
    Line stranger = host.stranger(ALICE);
    stranger.data("from:" + ALICE);
    stranger.send("pkam:signingAlgo:mldsa65:AAAA");
    assertThat(stranger.read(), containsString("start the bundle org.noports.cipher.catalogue"));
    // What the JDK has is served all the same.
    host.owner(ALICE);
  }

  @Test
  public void theSigningKeyOfAnExpiredEnrollmentIsFoundUnderTheNameThatSaysSo() throws Exception {
    String id = enroll("d", ",\"apskLegacy\":\"SIGN\",\"apkamKeysExpiryInMillis\":3600000");
    SigningKeyRecords keys = new SigningKeyRecords(ALICE, new Records(() -> Optional.of(space())));
    keys.withdrawExpired().toCompletableFuture().get();
    Line stranger = host.stranger(ALICE);
    assertEquals("SIGN", stranger.data("lookup:_apsk." + id + ".a.__e" + ALICE));
    clock.advance(HOUR);
    keys.withdrawExpired().toCompletableFuture().get();
    assertEquals("SIGN", stranger.data("lookup:_apsk." + id + ".d.__e" + ALICE));
    stranger.send("lookup:_apsk." + id + ".a.__e" + ALICE);
    assertThat(stranger.read(), startsWith("error:AT0015-"));
  }

  private AtSignStore space() {
    return host.store.open(ALICE).toCompletableFuture().join().orElseThrow();
  }

  @Test
  public void whoDecidedWhatIsInTheAudit() {
    List<String> events = new CopyOnWriteArrayList<>();
    host.host.bindAudit(event -> events.add(event.event() + " by " + event.details().get("by")));
    String id = enroll("d", "");
    owner.data(about("revoke", id));
    assertEquals(
        List.of(
            "enrollment-pending by passcode",
            "enrollment-approved by pkam",
            "enrollment-revoked by pkam"),
        events);
  }
}
