package org.noports.protocol.verb;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.Test;
import org.junit.function.ThrowingRunnable;
import org.noports.api.AtSign;
import org.noports.protocol.json.JsonValue;
import org.noports.protocol.key.AtKey;

public class VerbTest {
  private static final AtSign ALICE = AtSign.of("@alice");

  /** Commands in canonical form, as clients and atServers exchange them. */
  private static final String[] CANONICAL = {
    "from:@alice",
    "from:@alice:clientConfig:{\"version\":\"3.3.0\",\"clientId\":\"x\"}",
    "cram:0a1b",
    "pkam:Base64+/==",
    "pkam:enrollmentId:8b0c-1:Base64==",
    "pkam:signingAlgo:rsa2048:hashingAlgo:sha256:enrollmentId:8b0c:Base64==",
    "pol",
    "to:@bob",
    "lookup:shared_key@alice",
    "lookup:all:hello.peers@alice",
    "lookup:bypassCache:true:all:hello.peers@alice",
    "lookup:_4af24c03-d732@alice",
    "plookup:publickey@bob",
    "plookup:bypassCache:true:all:p1.peers@carol",
    "llookup:shared_key.bob@alice",
    "llookup:all:public:phone@alice",
    "llookup:meta:@bob:phone@alice",
    "llookup:cached:public:phone@bob",
    "scan",
    "scan:showhidden:true \\.sshnp@",
    "scan:@bob:page:1 peers",
    "update:public:publickey@alice MIIBIjAN",
    "update:privatekey:at_pkam_publickey MIIBIjAN",
    "update:ttl:60000:ttr:-1:ccd:true:isEncrypted:true:ivNonce:AA+/==:@bob:phone.wavi@alice 8Rz B==",
    "update:meta:@bob:phone.wavi@alice:ttl:60000:isBinary:false",
    "update:meta:public:phone@alice",
    "delete:@bob:phone.wavi@alice",
    "delete:force:public:phone@alice",
    "delete:privatekey:at_secret",
    "notify:update:messageType:key:@bob:d1.sshnp@alice:Q2lwaGVy==",
    "notify:id:1f-2:update:messageType:key:priority:low:strategy:all:latestN:1:notifier:SYSTEM"
        + ":ttln:60000:ttl:10000:isEncrypted:true:sharedKeyEnc:a=:pubKeyCS:0f:ivNonce:b=="
        + ":@bob:npt_request.dev1.sshnp@alice:Q2lwaGVy==",
    "notify:delete:messageType:key:@bob:phone.wavi@alice",
    "notify:update:messageType:text:@bob:hello there: how are you?",
    "notify:update:messageType:key:@bob:public:news.wavi@alice:hi: there",
    "notify:list",
    "notify:list:2024-01-01:.*",
    "notify:list:2024-01-01:2024-12-31:a:b",
    "notify:list:a:b",
    "notify:status:1f",
    "notify:fetch:1f",
    "notify:remove:1f",
    "notify:all:update:messageType:key:@a,@b:phone@alice:x",
    "monitor",
    "monitor .*",
    "monitor mydevice.sshnp@",
    "monitor:0 .*peers.*",
    "monitor:strict:selfNotifications:multiplexed:1714558272345 a b",
    "noop:0",
    "info",
    "info:brief",
    "info:mtls",
    "info:mtlsbrief",
    "config:block:show",
    "config:block:add:@a @b",
    "config:block:remove:@a",
    "config:set:autoNotify=false",
    "config:print:autoNotify",
    "sync:from:-1:limit:10",
    "sync:from:7",
    "sync:from:7:limit:10:skipDeletesUntil:5:\\.(wavi|buzz)@a:b",
    "stats",
    "stats:3",
    "stats:3:\\.wavi",
    "stats:1,15,17",
    "enroll:request:{\"appName\":\"npt\",\"namespaces\":{\"sshnp\":\"rw\"},\"otp\":\"A1B2C3\",\"new\":[1]}",
    "enroll:approve:{\"enrollmentId\":\"8b0c\",\"apkamKeysExpiryInMillis\":60000}",
    "enroll:revoke:force:{\"enrollmentId\":\"8b0c\"}",
    "enroll:list",
    "enroll:list:{\"enrollmentStatusFilter\":[\"pending\"]}",
    "enroll:listns:sshnp",
    "otp:get",
    "otp:get:ttl:60000",
    "otp:put:Secret1:ttl:0",
    "keys:get:self",
    "keys:get:keyName:8b0c.default_enc_private_key.__manage@alice",
    "keys:put:self:namespace:__global:appName:a:deviceName:d:keyType:rsa2048"
        + ":encryptionKeyName:e:keyName:n A value",
    "keys:delete:keyName:public:n.__public_keys.__global@alice",
    "batch:[]",
    "batch:[{\"id\":1,\"command\":\"update:x@a v\"},{\"id\":\"b\",\"command\":\"scan\"}]",
    "stream:done 1"
  };

  @Test
  public void everyCanonicalCommandIsReadAndWrittenAlike() throws Exception {
    for (String line : CANONICAL) {
      Verb verb = Verb.parse(line);
      assertEquals(line, verb.toLine());
      assertEquals(verb, Verb.parse(" " + line + "\r"));
    }
  }

  @Test
  public void verbsAndParametersAreReadInAnyCase() throws Exception {
    same("scan:showhidden:true .*", "SCAN:showHidden:TRUE .*");
    same("info:brief", "Info:BRIEF");
    same("lookup:bypassCache:true:all:x@alice", "LOOKUP:ALL:BYPASSCACHE:True:X@Alice");
    same("update:ttl:5:@bob:x@alice Value", "Update:TTL:5:@Bob:X@ALICE Value");
    same("monitor:selfNotifications", "monitor:SELFNOTIFICATIONS");
    same(
        "notify:update:messageType:key:isEncrypted:true:@bob:x@alice:V",
        "NOTIFY:UPDATE:MessageType:KEY:isencrypted:True:@bob:x@alice:V");
    same("from:@alice", "from:Al.ice");
  }

  @Test
  public void parametersAreReadInAnyOrderAndSpelling() throws Exception {
    same(
        "update:dataSignature:s=:isBinary:true:isEncrypted:false:x@alice v",
        "update:isEncrypted:false:isBinary:true:dataSignature:s=:x@alice v");
    same("update:pubKeyHash:h:hashingAlgo:sha256:x@alice v", "update:hash:h:algo:sha256:x@alice v");
    same(
        "update:immutable:true:appMetadata:e30=:x@alice v",
        "update:nc:appMetadata:e30=:immutable:true:x@alice v");
    same(
        "update:cAt:2024-05-01T10:11:12.000Z:eAt:2024-05-01T10:11:12.500Z:x@alice v",
        "update:eAt:2024-05-01T10:11:12.5Z:cAt:2024-05-01T10:11:12Z:x@alice v");
    same("update:meta:x@alice:ttl:5", "update:meta:nc:ttl:5:x@alice");
    same("sync:from:1:limit:3:skipDeletesUntil:2:x", "SYNC:FROM:1:skipdeletesuntil:2:LIMIT:3:x");
    same("delete:force:x@alice", "delete:dAt:2024-05-01T10:11:12Z:nc:force:priority:high:x@alice");
    same(
        "notify:id:1:update:messageType:key:ttln:5:ttl:6:@bob:x@alice",
        "notify:ttl:6:ttln:5:messageType:key:id:1:@bob:x@alice");
  }

  @Test
  public void whatIsNoEnrollmentIsRefusedByName() {
    for (String line :
        new String[] {
          "enroll",
          "enroll:",
          "enroll:nonsense:{}",
          "enroll:request:",
          "enroll:request:[]",
          "enroll:request:{",
          "enroll:request:{\"appName\":5}",
          "enroll:request:{\"namespaces\":{\"a\":1}}",
          "enroll:request:{\"namespaces\":[\"a\"]}",
          "enroll:request:{\"apkamKeysExpiryInMillis\":-1}",
          "enroll:request:{\"apkamKeysExpiryInMillis\":1.5}",
          "enroll:request:{\"metadata\":\"x\"}",
          "enroll:list:{\"enrollmentStatusFilter\":[1]}",
          "otp",
          "otp:",
          "otp:get:x",
          "otp:put",
          "otp:put:short",
          "otp:put:with space",
          "otp:get:ttl:-1",
          "keys",
          "keys:put:self:keyName:n",
          "keys:put:keyName:n v",
          "keys:get",
          "keys:get:keyName",
          "keys:get:nonsense",
          "keys:delete:self"
        }) {
      VerbFailure failure = assertThrows(line, VerbFailure.class, () -> Verb.parse(line));
      assertEquals(line, ErrorCode.INVALID_SYNTAX, failure.code());
    }
  }

  @Test
  public void fieldsOfAnEnrollmentThatWeDoNotKnowAreKept() throws Exception {
    Enroll asked =
        (Enroll)
            Verb.parse(
                "enroll:REQUEST:{\"appName\":\"A\",\"deviceName\":null,\"namespaces\":{\"SSHNP\":\"RW\"},"
                    + "\"tomorrow\":{}}");
    assertEquals(Optional.of("A"), asked.params().text(EnrollField.APP_NAME));
    assertEquals(Optional.empty(), asked.params().text(EnrollField.DEVICE_NAME));
    assertEquals(Map.of("sshnp", "rw"), asked.params().namespaces());
    assertTrue(asked.toLine().endsWith(",\"tomorrow\":{}}"));
  }

  private static void same(String canonical, String line) throws VerbFailure {
    assertEquals(canonical, Verb.parse(line).toLine());
  }

  @Test
  public void whatOtherClientsWriteIsUnderstood() throws Exception {
    Notify c = (Notify) Verb.parse("notify:update:ivNonce:AA==:@to:key@from:val");
    assertTrue(c.isEncrypted());
    Notify python = (Notify) Verb.parse("notify:id:X:update::@bob:key@alice:value");
    assertEquals(Optional.of("value"), python.value());
    assertEquals("public:x y", ((Update) Verb.parse("update:public:k@a public:x y")).value());
    assertEquals(Optional.of(".*"), ((Scan) Verb.parse("scan:showHidden:true .*")).regex());
    assertEquals(Optional.of(0L), ((Monitor) Verb.parse("monitor:0")).epochMillis());
    assertEquals("@12alpaca", ((From) Verb.parse("from:12alpaca\r\n")).atSign().name());
  }

  @Test
  public void aJsonUpdateIsAnUpdate() throws Exception {
    Verb verb =
        Verb.parse(
            "update:json:{\"atKey\":\"phone.wavi\",\"value\":\"v w\",\"sharedBy\":\"@alice\","
                + "\"sharedWith\":\"bob\",\"metadata\":{\"ttl\":5,\"isEncrypted\":true,\"ttb\":null}}");
    assertEquals("update:ttl:5:isEncrypted:true:@bob:phone.wavi@alice v w", verb.toLine());
    Verb open =
        Verb.parse(
            "update:json:{\"atKey\":\"p\",\"value\":\"v\",\"sharedBy\":\"alice\","
                + "\"metadata\":{\"isPublic\":true}}");
    assertEquals("update:public:p@alice v", open.toLine());
  }

  @Test
  public void aNotificationsKeyIsItsSubjectBetweenReceiverAndOwner() throws Exception {
    assertEquals("@bob:d1.sshnp@alice", key("notify:@bob:D1.sshnp@alice:v"));
    assertEquals("@bob:d1.sshnp@alice", key("notify:@bob:d1.sshnp"));
    assertEquals("public:news@alice", key("notify:update:@bob:public:news@alice:hi"));
    assertEquals("public:news@alice", key("notify:update:public:news@alice:hi"));
    assertEquals("x@alice", AtKey.parse("x@alice").toString());
  }

  private static String key(String line) throws Exception {
    return ((Notify) Verb.parse(line)).key(ALICE).toString();
  }

  @Test
  public void keysAreTakenForEncryptedUnlessSaidOtherwise() throws Exception {
    assertTrue(((Notify) Verb.parse("notify:@bob:x@alice:v")).isEncrypted());
    assertFalse(((Notify) Verb.parse("notify:isEncrypted:false:@bob:x@alice:v")).isEncrypted());
    assertFalse(((Notify) Verb.parse("notify:@bob:public:x@alice:v")).isEncrypted());
    assertFalse(((Notify) Verb.parse("notify:messageType:text:@bob:hi")).isEncrypted());
    assertTrue(
        ((Notify) Verb.parse("notify:messageType:text:isEncrypted:true:@bob:hi")).isEncrypted());
  }

  @Test
  public void whatIsNoCommandIsRefusedWithOneCodeAndAShortText() {
    String[] wrong = {
      "",
      " ",
      "\r",
      "hello",
      "GET / HTTP/1.1",
      "@",
      "from",
      "from:",
      "from:@a:x",
      "cram",
      "from:@a:clientConfig:{",
      "pkam",
      "pkam:",
      "pkam:enrollmentId:x",
      "pol:x",
      "pol x",
      "to:",
      "lookup",
      "lookup:",
      "lookup:x",
      "lookup:@alice",
      "lookup:a b@c",
      "lookup:x@",
      "lookup:a:b@c",
      "llookup:privatekey:at_secret",
      "llookup:all",
      "plookup:all:meta",
      "scan:x",
      "scan:page:x",
      "scanx",
      "update",
      "update:x@alice",
      "update:x@alice ",
      "update: v",
      "update:ttl:x:x@alice v",
      "update:ttl:-1:x@alice v",
      "update:ttr:-2:x@alice v",
      "update:ttl:99999999999999999:x@a v",
      "update:ccd:maybe:x@alice v",
      "update:cAt:yesterday:x@alice v",
      "update:public:@bob:x@alice v",
      "update:cAt:2024-13-01T10:11:12Z:x@alice v",
      "update:unknown:5:x@alice v",
      "update:json:{}",
      "update:json:[]",
      "update:json:{\"atKey\":\"x\",\"value\":\"\"}",
      "update:meta",
      "update:meta:x",
      "update:meta:x@alice:zzz:1",
      "delete",
      "delete:",
      "delete:priority:urgent x",
      "notify",
      "notify:",
      "notify:x",
      "notify:@bob",
      "notify:@bob:",
      "notify:@bob:@alice",
      "notify:@bob:x@alice:",
      "notify:messageType:image:@bob:x",
      "notify:message_type:key:@bob:x@alice",
      "notify:ttln:x:@bob:x@alice",
      "notify:public",
      "notify:strategy:latest:@bob:x@alice",
      "notify:update:@b ob:x@alice",
      "monitor:x",
      "monitor:-1",
      "noop",
      "noop:",
      "noop:x",
      "noop:-1",
      "info:x",
      "info x",
      "sync",
      "sync:7",
      "sync:from",
      "sync:from:",
      "sync:from:-2:limit:1",
      "sync:from:x:limit:1",
      "sync:from:1:limit:x",
      "sync:from:1:limit:-1",
      "sync:from:1 limit",
      "stats:x",
      "stats:1,",
      "stats 3",
      "config",
      "config:block",
      "config:block:add",
      "config:block:add:@a x@y",
      "config:set:",
      "batch",
      "batch:{}",
      "notify:all",
      "notify:all:@a",
      "notify:all:x@a:1",
      "notify:fetch",
      "notify:status:",
      "updatex:y@z v"
    };
    for (String line : wrong) {
      VerbFailure failure = assertThrows(line, VerbFailure.class, () -> Verb.parse(line));
      assertEquals(line, ErrorCode.INVALID_SYNTAX, failure.code());
      assertTrue(failure.getMessage(), failure.getMessage().length() < 200);
      assertFalse(failure.closing());
    }
  }

  @Test
  public void whoGivesANameThatIsNoneIsHungUpOn() {
    VerbFailure failure = assertThrows(VerbFailure.class, () -> Verb.parse("from:@al!ce"));
    assertTrue(failure.closing());
    assertEquals(ErrorCode.INTERNAL_EXCEPTION, failure.code());
  }

  @Test
  public void noTextMakesMoreThanTheOneError() throws Exception {
    Random random = new Random(5);
    for (int i = 0; i < 40_000; i++) {
      StringBuilder line = new StringBuilder(CANONICAL[random.nextInt(CANONICAL.length)]);
      for (int n = 1 + random.nextInt(3); n > 0; n--) {
        int at = random.nextInt(line.length() + 1);
        switch (random.nextInt(3)) {
          case 0 -> line.insert(at, ":@ {}x\u0000:-".charAt(random.nextInt(9)));
          case 1 -> line.delete(at, Math.min(line.length(), at + random.nextInt(4)));
          default -> line.insert(at, line.substring(at, Math.min(line.length(), at + 9)));
        }
      }
      try {
        Verb verb = Verb.parse(line.toString());
        assertEquals(verb, Verb.parse(verb.toLine()));
      } catch (VerbFailure expected) {
        assertTrue(expected.getMessage().length() < 300);
      }
    }
  }

  @Test
  public void noPartOfACommandCanBeginASecondOne() {
    String two = "x\ndelete:x@alice";
    Optional<String> no = Optional.empty();
    for (ThrowingRunnable made :
        new ThrowingRunnable[] {
          () -> new Lookup(false, Detail.VALUE, two, ALICE),
          () -> new PublicLookup(false, Detail.VALUE, two, ALICE),
          () -> new Cram(two),
          () -> Pkam.rsa(no, two),
          () -> Scan.matching(two),
          () -> new Update(AtKey.self("x", ALICE), MetadataChange.NONE, two),
          () -> MetadataChange.NONE.with(MetadataField.IV_NONCE, two),
          () -> MetadataChange.NONE.with(MetadataField.IV_NONCE, "a:b"),
          () -> new LaterVerb("stream", two),
          () -> new ConfigSetting(ConfigSetting.Action.SET, two),
          () -> new NotifyQuery(NotifyQuery.Kind.FETCH, two),
          () -> new Batch.Command(JsonValue.Number.of(1), two),
          () -> new Otp(Optional.of(two), Optional.empty()),
          () -> Keys.get(two),
          () -> new Enroll(Enroll.Operation.LISTNS, false, Optional.of(two), EnrollParams.NONE)
        }) {
      assertThrows(IllegalArgumentException.class, made);
    }
  }

  @Test
  public void printingAVerbShowsNoValueAndNoSignature() throws Exception {
    for (String line :
        new String[] {
          "cram:SECRET",
          "pkam:enrollmentId:x:SECRET",
          "update:x@alice SECRET",
          "notify:@bob:x@alice:SECRET",
          "notify:messageType:text:@bob:SECRET",
          "keys:put:self:keyName:n SECRET",
          "otp:put:SECRET",
          "enroll:request:{\"otp\":\"SECRET\"}"
        }) {
      assertFalse(line, Verb.parse(line).toString().contains("SECRET"));
    }
  }
}
