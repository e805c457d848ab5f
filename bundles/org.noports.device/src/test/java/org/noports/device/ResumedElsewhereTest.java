package org.noports.device;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.api.SessionId;
import org.noports.api.Target;
import org.noports.api.audit.AuditEvent;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Decision;
import org.noports.api.policy.Obligations;
import org.noports.api.policy.Observed;
import org.noports.api.policy.PolicyEvaluator;
import org.noports.api.relay.OtherSide;
import org.noports.api.relay.RelayCredential;
import org.noports.api.tunnel.Np2Keys;
import org.noports.api.tunnel.RelayLeg;
import org.noports.api.tunnel.StreamGate;
import org.noports.api.tunnel.StreamRequest;
import org.noports.api.tunnel.Suite;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.np2.HandshakeKeys;
import org.noports.protocol.np2.Np2Offer;
import org.noports.protocol.relay.Sighting;
import org.noports.protocol.session.NptRequest;
import org.noports.protocol.session.PingResponse;
import org.noports.protocol.session.RelayAuthMode;
import org.noports.testkit.Eventually;
import org.noports.testkit.Stages;
import org.noports.testkit.fakes.FakeEnd;
import org.noports.testkit.fakes.JdkDerivation;
import org.noports.testkit.fakes.RealKeys;

/**
 * A session that began at the plant goes on from another place, or through a relay whose word does
 * not count: what it was permitted there only, ends.
 */
public final class ResumedElsewhereTest {
  private static final RealKeys RELAY = RealKeys.of("@relay");
  private static final String PLANT = "192.0.2.7";
  private static final String HOME = "198.51.100.9";
  private static final Target OWN = Target.of("localhost:22");
  private static final StreamRequest TO_OWN = new StreamRequest.Connect(OWN);

  /** Permitted from the plant only. */
  private static final StreamRequest TO_DB = new StreamRequest.Connect(Target.of("localhost:3389"));

  @Rule public final TestDevice test = new TestDevice();

  private final Ruler ruler = new Ruler();
  private ScriptedClient alice;
  private SessionId first;

  @Before
  public void aDeviceThatHearsItsRelay() throws Exception {
    ruler.rule = request -> isOwn(request) ? yes() : fromThePlant(request);
    test.world.with(RELAY);
    test.ciphers.add(Suite.X25519_AES_256_GCM);
    // Beside the managers: one that goes away has all asked again some seconds later.
    test.neighbours.bindPolicy(ruler, Map.of(PolicyEvaluator.NAME, "ruler"));
    TestDevice.Config config = new TestDevice.Config();
    config.observers = "@relay";
    test.start(config);
    alice = new ScriptedClient(test.world, "@alice");
  }

  private static boolean isOwn(AccessRequest request) {
    return request.target().equals(Optional.of(OWN)) || request.target().isEmpty();
  }

  private static Decision yes() {
    return Ruler.permit(Obligations.NONE, null);
  }

  private static Decision fromThePlant(AccessRequest request) {
    return from(request, List.of(PLANT));
  }

  private static Decision from(AccessRequest request, List<String> places) {
    Observed observed = request.circumstances().observed();
    if (observed.pending()) {
      return new Decision.Later("place", "where is it?", "r1");
    }
    return observed.address().filter(at -> places.contains(at.getHostAddress())).isPresent()
        ? yes()
        : new Decision.Deny("place", "not there");
  }

  /** The session's own target is for both places, so the policy is asked for each link. */
  private void theTargetDependsOnThePlace() {
    ruler.rule =
        request ->
            request.target().isEmpty()
                ? yes()
                : isOwn(request) ? from(request, List.of(PLANT, HOME)) : fromThePlant(request);
  }

  /** A session from the plant with a connection to each of the two. */
  private FakeEnd begunAtThePlant() throws Exception {
    first = SessionId.random();
    ask(request(first, RelayAuthMode.ESCR, "@relay"), Optional.empty());
    FakeEnd end = test.ends.opened().get(0);
    tell(end.plan().leg(), first, PLANT);
    assertThat(Stages.value(end.want(TO_OWN)), instanceOf(StreamGate.Admitted.class));
    assertThat(Stages.value(end.want(TO_DB)), instanceOf(StreamGate.Admitted.class));
    return end;
  }

  private SessionId resume(RelayAuthMode mode, String relay) throws Exception {
    SessionId id = SessionId.random();
    ask(request(id, mode, relay), Optional.of(new Np2Offer.Resumption(first, 1)));
    Eventually.holds(() -> !test.audit.events("session-resumed").isEmpty());
    return id;
  }

  private void resumeFrom(FakeEnd end, String place) throws Exception {
    SessionId id = resume(RelayAuthMode.ESCR, "@relay");
    tell(end.legs().get(0), id, place);
  }

  private NptRequest request(SessionId id, RelayAuthMode mode, String relay) {
    NptRequest like = alice.request(id);
    return new NptRequest(
        id,
        like.rvdHost(),
        like.rvdPort(),
        like.requestedPort(),
        like.requestedHost(),
        like.twinKeys(),
        mode,
        Optional.of(Base64.getEncoder().encodeToString(new byte[32]))
            .filter(key -> mode == RelayAuthMode.ESCR),
        like.clientNonce(),
        like.rvdNonce(),
        true,
        like.clientEphemeralPk(),
        like.clientEphemeralPkType(),
        like.timeout(),
        true,
        Optional.of(AtSign.of(relay)));
  }

  /** Asks for a session of NP2, or for one to go on, and hears a yes. */
  private void ask(NptRequest request, Optional<Np2Offer.Resumption> resumption) throws Exception {
    alice.ping();
    String nonce = PingResponse.parse(alice.hear().value()).np2Nonce().orElseThrow();
    Np2Offer offer =
        new Np2Offer(
            AtSign.of("@alice"),
            ScriptedClient.DEVICE,
            ScriptedClient.NAME,
            resumption.isPresent() ? Np2Offer.Kind.RESUME : Np2Offer.Kind.NPT,
            request.requestedHost(),
            request.requestedPort(),
            request.relayAtSign().orElseThrow(),
            request.sessionId(),
            Base64.getEncoder().encodeToString(new byte[Np2Offer.NONCE_LENGTH]),
            Optional.of(nonce),
            List.of(Suite.X25519_AES_256_GCM),
            Map.of(Suite.X25519_AES_256_GCM.keyAgreement(), share()),
            "",
            resumption);
    JsonObject bare = request.toJson().toBuilder().put(Np2Offer.FIELD, offer.toJson()).build();
    alice.ask(resumption.isPresent() ? proven(bare) : bare);
    assertThat(alice.hear().value().startsWith("{"), is(true));
  }

  private String share() throws Exception {
    return Base64.getEncoder()
        .encodeToString(
            test.ciphers
                .keyAgreement(Suite.X25519_AES_256_GCM.keyAgreement())
                .generate()
                .publicKey());
  }

  private JsonObject proven(JsonObject bare) throws Exception {
    Np2Keys keys = (Np2Keys) test.ends.opened().get(0).plan().protection();
    return new HandshakeKeys(new JdkDerivation()).prove(true, keys.resume(), bare);
  }

  /** The relay joins the two sockets, and tells where the client's comes from. */
  private void tell(RelayLeg leg, SessionId id, String from) throws Exception {
    OtherSide asked = dialled(leg).orElseThrow();
    Sighting seen =
        new Sighting(
            RELAY.atSign(), id, AtSign.of("@alice"), asked.nonce(), Optional.of(address(from)));
    Stages.value(asked.told(seen.sign(RELAY::signAsEncryption)));
  }

  private Optional<OtherSide> dialled(RelayLeg leg) {
    int before = test.relay.dials().size();
    leg.dial();
    return test.relay.dials().get(before).credential()
            instanceof RelayCredential.ChallengeResponse answer
        ? answer.other()
        : Optional.empty();
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private void onlyTheOwnTargetIsLeft(FakeEnd end) throws Exception {
    Eventually.holds(() -> !end.standing().contains(TO_DB));
    assertThat(end.standing(), contains(TO_OWN));
    assertThat(end.isOver(), is(false));
    assertThat(Stages.value(end.want(TO_DB)), instanceOf(StreamGate.Refused.class));
    assertThat(Stages.value(end.want(TO_OWN)), instanceOf(StreamGate.Admitted.class));
  }

  @Test
  public void fromAnotherPlaceAStreamOfThePlantEndsThoughTheSessionDoesNotDependOnIt()
      throws Exception {
    FakeEnd end = begunAtThePlant();
    resumeFrom(end, HOME);
    onlyTheOwnTargetIsLeft(end);
  }

  @Test
  public void fromAnotherPlaceAStreamOfThePlantEndsWhereTheSessionMayGoOn() throws Exception {
    theTargetDependsOnThePlace();
    FakeEnd end = begunAtThePlant();
    resumeFrom(end, HOME);
    onlyTheOwnTargetIsLeft(end);
  }

  @Test
  public void fromTheSamePlaceEverythingGoesOn() throws Exception {
    FakeEnd end = begunAtThePlant();
    int before = end.reviews();
    resumeFrom(end, PLANT);
    assertThat("nothing is asked again", end.reviews(), is(before));
    assertThat(end.standing(), contains(TO_OWN, TO_DB));
  }

  @Test
  public void throughARelayOfTheClientsOwnNobodyKnowsWhereItIs() throws Exception {
    FakeEnd end = begunAtThePlant();
    resume(RelayAuthMode.ESCR, "@alices");
    assertThat(dialled(end.legs().get(0)), is(Optional.empty()));
    onlyTheOwnTargetIsLeft(end);
    List<AuditEvent> places = test.audit.events(Receipts.OBSERVED);
    assertThat(places.get(0).details().get("address"), is(PLANT));
    assertThat(places.get(1).details().get("address"), is(""));
  }

  @Test
  public void byASignedLineNobodyKnowsWhereItIs() throws Exception {
    FakeEnd end = begunAtThePlant();
    resume(RelayAuthMode.PAYLOAD, "@relay");
    onlyTheOwnTargetIsLeft(end);
  }

  @Test
  public void aRelayThatTellsNothingOfTheNewLinkLeavesNothingKnown() throws Exception {
    FakeEnd end = begunAtThePlant();
    resume(RelayAuthMode.ESCR, "@relay");
    Stages.value(dialled(end.legs().get(0)).orElseThrow().untold());
    onlyTheOwnTargetIsLeft(end);
  }

  @Test
  public void backAtThePlantTheRestIsOpenedAgain() throws Exception {
    FakeEnd end = begunAtThePlant();
    resumeFrom(end, HOME);
    onlyTheOwnTargetIsLeft(end);
    SessionId id = SessionId.random();
    ask(request(id, RelayAuthMode.ESCR, "@relay"), Optional.of(new Np2Offer.Resumption(first, 2)));
    Eventually.holds(() -> end.legs().size() == 2);
    tell(end.legs().get(1), id, PLANT);
    assertThat(Stages.value(end.want(TO_DB)), instanceOf(StreamGate.Admitted.class));
  }

  @Test
  public void whatIsSaidOfThePlaceThatItHasLeftDecidesNothing() throws Exception {
    FakeEnd end = begunAtThePlant();
    CompletableFuture<Decision> late = new CompletableFuture<>();
    List<AccessRequest> left = new CopyOnWriteArrayList<>();
    PolicyEvaluator slow =
        request -> {
          if (isOwn(request)
              && request.circumstances().observed().address().equals(Optional.of(address(PLANT)))) {
            left.add(request);
            return late.copy();
          }
          return CompletableFuture.completedFuture(yes());
        };
    // One more evaluator: all that runs is asked for again.
    test.neighbours.bindPolicy(slow, Map.of(PolicyEvaluator.NAME, "slow"));
    Eventually.holds(() -> !left.isEmpty());
    resumeFrom(end, HOME);
    onlyTheOwnTargetIsLeft(end);
    int before = ruler.asked.size();
    late.complete(new Decision.Deny("of-before", "not from the plant"));
    Eventually.holds(() -> end.isOver() || ruler.asked.size() > before);
    assertThat(end.isOver(), is(false));
  }
}
