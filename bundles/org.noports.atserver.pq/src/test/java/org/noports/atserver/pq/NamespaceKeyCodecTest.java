package org.noports.atserver.pq;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.api.DowngradeDetected;
import org.noports.api.IdentityUnusable;
import org.noports.api.PeerUnverified;
import org.noports.api.ProtocolViolation;
import org.noports.api.RequirementUnmet;
import org.noports.api.Secret;
import org.noports.api.atserver.Lifetime;
import org.noports.api.atserver.SealedValue;
import org.noports.api.atserver.ValueAddress;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.protocol.json.JsonObject;
import org.noports.testkit.fakes.PosingKey;
import org.noports.testkit.fakes.RealKeys;

public class NamespaceKeyCodecTest {
  private static final AtSign ALICE = AtSign.of("@alice");
  private static final AtSign BOB = AtSign.of("@bob");
  private static final RealKeys BOBS = RealKeys.of("@bob");
  private static final String CLEAR = "{\"hello\":\"wörld\"}";
  private static final ValueAddress REQUEST =
      new ValueAddress(ALICE, BOB, "npt_request.dev1.sshnp");

  private final FakeRecords.World world = new FakeRecords.World();
  private final FakeRecords alices = new FakeRecords(ALICE, world);
  private final FakeRecords bobs = new FakeRecords(BOB, world);
  private final CipherCatalogue ciphers = RealCiphers.ciphers();
  private final List<OwnSeeds.Seed> bobsSeeds = new ArrayList<>();
  private boolean otherwiseLegacy;
  private final NamespaceKeyCodec alice = codec();
  private final NamespaceKeyCodec bob = codec();

  private NamespaceKeyCodec codec() {
    return new NamespaceKeyCodec(
        ciphers,
        (owner, namespace, kid) ->
            bobsSeeds.stream().filter(seed -> seed.kid().equals(kid)).findFirst(),
        () -> otherwiseLegacy);
  }

  private Advertisement.Key cut(Profile.Names names, int fill) throws Exception {
    byte[] bytes = new byte[names.suite.sizes().seed()];
    Arrays.fill(bytes, (byte) fill);
    Secret seed = Secret.owning(bytes);
    byte[] open = ciphers.keyAgreement(names.suite.agreement()).restore(seed).publicKey();
    Advertisement.Key key = new Advertisement.Key(names, open);
    bobsSeeds.add(new OwnSeeds.Seed(key.kid(), names, seed));
    return key;
  }

  private void publish(String namespace, RealKeys signer, Advertisement.Key... keys) {
    JsonObject payload = new Advertisement(List.of(keys)).toJson(Instant.EPOCH, List.of());
    world.open.put(
        "public:__nskey." + namespace + "@bob", Signing.sign("at-nskey-ring+jws", payload, signer));
    world.open.putIfAbsent("public:_apsk.primary.a.__e@bob", BOBS.signingKeyRecord());
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private static Throwable refusal(CompletionStage<?> stage) {
    return assertThrows(
            ExecutionException.class, () -> stage.toCompletableFuture().get(60, TimeUnit.SECONDS))
        .getCause();
  }

  private SealedValue sealed() throws Exception {
    return get(alice.seal(alices, REQUEST, CLEAR)).orElseThrow();
  }

  @Test
  public void eachKemCarriesAValueFromOneEndToTheOther() throws Exception {
    for (Profile.Names names : Profile.Names.values()) {
      String namespace = names.algorithm + ".sshnp";
      publish(namespace, BOBS, cut(names, 7));
      ValueAddress address = new ValueAddress(ALICE, BOB, "a." + namespace);
      SealedValue value = get(alice.seal(alices, address, CLEAR)).orElseThrow();
      assertThat(value.text(), not(containsString("hello")));
      assertThat(get(bob.open(bobs, address, value)), is(CLEAR));
    }
  }

  @Test
  public void whatIsWrittenIsAsUpstreamPinsIt() throws Exception {
    Advertisement.Key key = cut(Profile.Names.X_WING, 7);
    publish("dev1.sshnp", BOBS, key);
    JsonObject said = JsonObject.parse("value", sealed().appMetadata());
    String kid = said.requireText("ckKid");
    assertThat(
        List.copyOf(said.fields().keySet()),
        is(List.of("providerId", "ckKid", "iv", "ns", "ckNs")));
    assertEquals("at/symmetric/AES/GCM", said.requireText("providerId"));
    assertEquals("dev1.sshnp", said.requireText("ckNs"));
    String name = "@bob:" + kid + ".__ck.dev1.sshnp@alice";
    SealedValue conveyance = world.sealed.get(name);
    assertEquals(1171, Base64.getDecoder().decode(conveyance.text()).length);
    assertEquals(
        "{\"providerId\":\"at/nskey/XWING\",\"recipientKind\":\"nskey\",\"ckKid\":\""
            + kid
            + "\",\"nskeyKid\":\""
            + key.kid()
            + "\",\"ns\":\"dev1.sshnp\"}",
        conveyance.appMetadata());
    assertEquals(new Lifetime(Optional.empty(), Optional.of(-1), true), world.lifetimes.get(name));
  }

  @Test
  public void theNarrowestNamespaceWithAKeyCountsAndOneContentKeyServesAll() throws Exception {
    publish("sshnp", BOBS, cut(Profile.Names.X_WING, 7));
    SealedValue first = sealed();
    JsonObject said = JsonObject.parse("value", first.appMetadata());
    assertEquals("dev1.sshnp", said.requireText("ns"));
    assertEquals("sshnp", said.requireText("ckNs"));
    assertThat(get(bob.open(bobs, REQUEST, first)), is(CLEAR));
    assertThat(get(bob.open(bobs, REQUEST, sealed())), is(CLEAR));
    assertThat(world.sealed, aMapWithSize(1));
    world.lookUps.clear();
    assertThat(get(bob.open(bobs, REQUEST, sealed())), is(CLEAR));
    assertThat(world.lookUps, is(List.of()));
  }

  @Test
  public void anotherKeyOfTheReaderGetsAnotherContentKey() throws Exception {
    publish("sshnp", BOBS, cut(Profile.Names.X_WING, 7));
    sealed();
    publish("sshnp", BOBS, cut(Profile.Names.X_WING, 8));
    ValueAddress elsewhere = new ValueAddress(ALICE, BOB, "a.dev2.sshnp");
    SealedValue value = get(alice.seal(alices, elsewhere, CLEAR)).orElseThrow();
    assertThat(world.sealed, aMapWithSize(2));
    assertThat(get(bob.open(bobs, elsewhere, value)), is(CLEAR));
  }

  @Test
  public void aValueUnderAnotherNameOrOfAnotherWriterIsRefused() throws Exception {
    publish("sshnp", BOBS, cut(Profile.Names.X_WING, 7));
    SealedValue value = sealed();
    ValueAddress other = new ValueAddress(ALICE, BOB, "ssh_request.dev1.sshnp");
    assertThat(refusal(bob.open(bobs, other, value)), instanceOf(ProtocolViolation.class));
    String conveyed = world.sealed.keySet().iterator().next();
    world.sealed.put(conveyed.replace("@alice", "@mallory"), world.sealed.get(conveyed));
    ValueAddress mallory = new ValueAddress(AtSign.of("@mallory"), BOB, REQUEST.name());
    assertThat(
        refusal(bob.open(bobs, mallory, value)).getMessage(), containsString("cannot be opened"));
  }

  @Test
  public void bytesThatAreNoTextAreRefusedByName() throws Exception {
    ContentKey key = ContentKey.fresh();
    byte[] iv = new byte[HpkeAead.NONCE];
    byte[] binary = {(byte) 0xff, 0};
    byte[] sealed =
        HpkeAead.AES_256_GCM.seal(key.secret(), iv, Profile.additional(REQUEST), binary);
    GcmValues.Said said = new GcmValues.Said(key.kid(), iv, "sshnp");
    String text = Base64.getEncoder().encodeToString(sealed);
    ProtocolViolation refused =
        assertThrows(ProtocolViolation.class, () -> GcmValues.open(key, REQUEST, said, text));
    assertThat(refused.getMessage(), containsString("isBinary"));
  }

  @Test
  public void aConveyanceOfAnotherKeyThanTheValueNamesIsRefused() throws Exception {
    publish("sshnp", BOBS, cut(Profile.Names.X_WING, 7));
    SealedValue value = sealed();
    String kid = JsonObject.parse("value", value.appMetadata()).requireText("ckKid");
    world.sealed.put(
        "@bob:0123456789abcdef.__ck.sshnp@alice",
        world.sealed.get("@bob:" + kid + ".__ck.sshnp@alice"));
    SealedValue renamed =
        new SealedValue(value.text(), value.appMetadata().replace(kid, "0123456789abcdef"));
    assertThat(
        refusal(bob.open(bobs, REQUEST, renamed)).getMessage(), containsString("is another one"));
  }

  @Test
  public void aReaderWithoutAKeyIsRefusedUnlessTheOwnerHasSaidOtherwise() throws Exception {
    assertThat(refusal(alice.seal(alices, REQUEST, CLEAR)), instanceOf(RequirementUnmet.class));
    otherwiseLegacy = true;
    assertThat(get(alice.seal(alices, REQUEST, CLEAR)), is(Optional.empty()));
  }

  @Test
  public void whoHasShownAKeyIsNeverWrittenToWithoutOne() throws Exception {
    otherwiseLegacy = true;
    publish("sshnp", BOBS, cut(Profile.Names.X_WING, 7));
    sealed();
    world.open.remove("public:__nskey.sshnp@bob");
    ValueAddress elsewhere = new ValueAddress(ALICE, BOB, "a.dev2.sshnp");
    assertThat(refusal(alice.seal(alices, elsewhere, CLEAR)), instanceOf(DowngradeDetected.class));
  }

  @Test
  public void anotherDeviceOfTheSameAtSignMayHaveNoKeyYet() throws Exception {
    otherwiseLegacy = true;
    publish("dev1.sshnp", BOBS, cut(Profile.Names.X_WING, 7));
    sealed();
    ValueAddress elsewhere = new ValueAddress(ALICE, BOB, "a.dev2.sshnp");
    assertThat(get(alice.seal(alices, elsewhere, CLEAR)), is(Optional.empty()));
  }

  @Test
  public void nothingIsSealedToAKeyThatItsOwnerDidNotSign() throws Exception {
    otherwiseLegacy = true;
    publish("sshnp", RealKeys.impostorOf("@bob"), cut(Profile.Names.X_WING, 7));
    assertThat(refusal(alice.seal(alices, REQUEST, CLEAR)), instanceOf(PeerUnverified.class));
    world.open.put("public:__nskey.sshnp@bob", "{\"payload\":\"e30\",\"signatures\":[]}");
    assertThat(refusal(alice.seal(alices, REQUEST, CLEAR)), instanceOf(ProtocolViolation.class));
  }

  @Test
  public void whereAListOffersMlDsaASignatureByRsaAloneIsRefused() throws Exception {
    RealKeys both = BOBS.signingAlsoBy(PosingKey.cut()).publishingList();
    world.open.put("public:_apsk.primary.a.__e@bob", both.signingKeyRecord());
    Advertisement.Key key = cut(Profile.Names.X_WING, 7);
    publish("sshnp", BOBS, key);
    assertThat(refusal(alice.seal(alices, REQUEST, CLEAR)), instanceOf(PeerUnverified.class));
    publish("sshnp", both, key);
    assertThat(get(bob.open(bobs, REQUEST, sealed())), is(CLEAR));
  }

  @Test
  public void aKeyThatWeDoNotHaveIsNamed() throws Exception {
    publish("sshnp", BOBS, cut(Profile.Names.X_WING, 7));
    SealedValue value = sealed();
    bobsSeeds.clear();
    assertThat(refusal(bob.open(bobs, REQUEST, value)), instanceOf(IdentityUnusable.class));
  }

  @Test
  public void theAdvertisementIsReadAsUpstreamWritesIt() throws Exception {
    Advertisement.Key good = cut(Profile.Names.X_WING, 7);
    JsonObject json = new Advertisement(List.of(good)).toJson(Instant.EPOCH, List.of());
    assertThat(
        json.toJson(),
        containsString("{\"v\":1,\"createdAt\":\"1970-01-01T00:00:00Z\",\"keys\":["));
    assertThat(json.toJson(), containsString("],\"suites\":[\"x-wing-rfc9180-v1\"]}"));
    String retired = json.toJson().replace("\"x-wing\",", "\"x-wing\",\"status\":\"retired\",");
    for (String bad :
        List.of(
            retired,
            json.toJson().replace("\"v\":1", "\"v\":2"),
            json.toJson().replace(good.kid(), "0123456789abcdef"),
            json.toJson().replace("x-wing-rfc9180-v1", "x-wing-hpke-v1"))) {
      assertThrows(
          ProtocolViolation.class, () -> Advertisement.parse(JsonObject.parse("keys", bad)));
    }
  }

  /** A plain clone has this: made by another program. */
  @Test
  public void opensAValueThatAnotherProgramMade() throws Exception {
    Properties kept = new Properties();
    try (InputStream in =
        NamespaceKeyCodecTest.class.getResourceAsStream("/vectors/values.properties")) {
      kept.load(in);
    }
    byte[] key = new byte[HpkeAead.KEY];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) i;
    }
    byte[] iv = Base64.getDecoder().decode(kept.getProperty("iv"));
    ContentKey named = ContentKey.named("630dcd2966c43366", Secret.owning(key));
    GcmValues.Said said = new GcmValues.Said(named.kid(), iv, "sshnp");
    assertEquals(CLEAR, GcmValues.open(named, REQUEST, said, kept.getProperty("text")));
    assertEquals("b5d4045c3f466fa9", ContentKey.kid(Base64.getDecoder().decode("QUJD")));
  }
}
