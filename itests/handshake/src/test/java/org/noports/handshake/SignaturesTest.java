package org.noports.handshake;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.After;
import org.junit.Test;
import org.noports.api.DowngradeDetected;
import org.noports.api.PeerKeyChanged;
import org.noports.api.PeerUnverified;
import org.noports.api.RequirementUnmet;
import org.noports.api.SessionRefused;
import org.noports.api.atserver.Notification;
import org.noports.api.identity.Identity;
import org.noports.api.pins.Pin;
import org.noports.api.policy.Requirement;
import org.noports.api.session.Receipt;
import org.noports.api.session.SessionFacts;
import org.noports.api.session.TunnelSession;
import org.noports.api.tunnel.Level;
import org.noports.api.tunnel.Suite;
import org.noports.protocol.np2.Np2SignRecord;
import org.noports.testkit.Eventually;
import org.noports.testkit.Stages;
import org.noports.testkit.fakes.FakeEnd;
import org.noports.testkit.fakes.PosingKey;
import org.noports.testkit.fakes.RealKeys;

/** Which signatures the two ends make, verify, remember and require. */
public final class SignaturesTest {
  private static final String DEVICES_RECORD = "public:np2_sign.primary.sshnp@device";

  private final TwoEnds ends = new TwoEnds();

  @After
  public void close() {
    ends.close();
  }

  private void bothSign() throws Exception {
    ends.signing().begin(Suite.X25519_AES_256_GCM);
    Eventually.holds(() -> ends.world.values().containsKey(DEVICES_RECORD));
  }

  private Receipt receipt() throws Exception {
    return Stages.value(ends.open()).facts().receipt().orElseThrow();
  }

  private Receipt devicesReceipt() {
    return ends.device.device.running().get(0).receipt().orElseThrow();
  }

  @Test
  public void bothEndsSignByBothKindsAndTheirReceiptsSaySo() throws Exception {
    bothSign();
    Receipt receipt = receipt();
    assertThat(
        receipt.signers(),
        is(
            new Receipt.Signers(
                Optional.of(ends.alice().signingKey().orElseThrow().fingerprint()),
                Optional.of(ends.dev1().signingKey().orElseThrow().fingerprint()))));
    assertThat(receipt.authentication(), startsWith("rsa2048 and mldsa65 by both ends"));
    Eventually.holds(() -> !ends.device.device.running().isEmpty());
    assertThat(devicesReceipt().lines(), is(receipt.lines()));
  }

  @Test
  public void anEndThatCannotVerifyIsSignedForByRsaAlone() throws Exception {
    bothSign();
    ends.client.ciphers.verifyPostQuantum(false);
    Receipt receipt = receipt();
    assertThat(receipt.signers().device(), is(Optional.empty()));
    assertThat(receipt.signers().client().isPresent(), is(true));
    assertThat(receipt.authentication(), startsWith("classical (client: rsa2048 and mldsa65;"));
    Eventually.holds(() -> !ends.device.device.running().isEmpty());
    assertThat(devicesReceipt().lines(), is(receipt.lines()));
  }

  @Test
  public void anEndWithoutTheOtherKindIsServed() throws Exception {
    bothSign();
    ends.client.identities.with(RealKeys.of("@alice"));
    Receipt receipt = receipt();
    assertThat(receipt.signers().client(), is(Optional.empty()));
    Eventually.holds(() -> !ends.device.device.running().isEmpty());
    assertThat(devicesReceipt().lines(), is(receipt.lines()));
  }

  @Test
  public void aKindThatWasSeenBelongsToThePinsOfBothEnds() throws Exception {
    bothSign();
    Stages.value(ends.open());
    assertThat(ends.client.pins.all().get(0).keys(), hasKey(Pin.ML_DSA_65));
    assertThat(ends.device.pins.all().get(0).keys(), hasKey(Pin.ML_DSA_65));
  }

  @Test
  public void aClientThatSignedByBothIsNotServedWithOne() throws Exception {
    bothSign();
    Stages.value(ends.open());
    ends.client.identities.with(RealKeys.of("@alice"));
    DowngradeDetected detected = Stages.failure(DowngradeDetected.class, ends.open());
    assertThat(
        detected.getMessage(), containsString("signature by ML-DSA-65 of @alice is missing"));
    assertThat(ends.device.ends.opened(), hasSize(1));
  }

  @Test
  public void aDeviceThatSignedByBothIsNotUsedWithOne() throws Exception {
    bothSign();
    Stages.value(ends.open());
    ends.device.identities.with(RealKeys.of("@device"));
    DowngradeDetected detected = Stages.failure(DowngradeDetected.class, ends.open());
    assertThat(detected.getMessage(), containsString("known here as one that signs by ML-DSA-65"));
    assertThat(ends.client.ends.opened(), hasSize(1));
  }

  @Test
  public void anotherKeyOfTheSameKindIsAnotherPeer() throws Exception {
    bothSign();
    Stages.value(ends.open());
    ends.client.identities.with(RealKeys.of("@alice").signingAlsoBy(PosingKey.cut()));
    Stages.failure(SessionRefused.class, ends.open());
    ends.client.identities.with(ends.alice());
    RealKeys other = RealKeys.of("@device").signingAlsoBy(PosingKey.cut());
    ends.device.identities.with(other);
    ends.device.configure(Map.of("atSign", "@device", "name", "dev1", "np2", true, "hide", true));
    // The device publishes at its next tick; until then it signs by RSA alone.
    Eventually.holds(
        () ->
            ends.world
                .values()
                .get(DEVICES_RECORD)
                .contains(other.signingKey().orElseThrow().publicKey()));
    Stages.failure(PeerKeyChanged.class, ends.open());
    assertThat(ends.client.ends.opened(), hasSize(1));
  }

  @Test
  public void whoCannotVerifyAnyMoreIsServedAndTheReceiptSaysSo() throws Exception {
    bothSign();
    assertThat(receipt().postQuantumAuthenticated(), is(true));
    ends.device.ciphers.verifyPostQuantum(false);
    assertThat(receipt().signers().client(), is(Optional.empty()));
    ends.client.ciphers.verifyPostQuantum(false);
    assertThat(receipt().signers(), is(Receipt.Signers.RSA_ONLY));
    ends.both(Suite.X25519_AES_256_GCM);
    ends.client.configure("np2", "true", "require", "pq-authentication");
    Stages.failure(RequirementUnmet.class, ends.open());
  }

  @Test
  public void aSessionThatGoesOnIsSignedAnewAndCountsTheWeaker() throws Exception {
    bothSign();
    TunnelSession tunnel = Stages.value(ends.open());
    FakeEnd link = ends.client.ends.opened().get(0);
    link.loseLink("the relay is gone");
    Eventually.holds(() -> tunnel.facts().receipt().orElseThrow().history().size() == 2);
    assertThat(tunnel.facts().receipt().orElseThrow().postQuantumAuthenticated(), is(true));
    ends.device.ciphers.verifyPostQuantum(false);
    link.loseLink("the relay is gone again");
    Eventually.holds(() -> tunnel.facts().receipt().orElseThrow().history().size() == 3);
    assertThat(tunnel.facts().receipt().orElseThrow().signers().client(), is(Optional.empty()));
    Eventually.holds(() -> devicesReceipt().equals(tunnel.facts().receipt().orElseThrow()));
  }

  @Test
  public void anOtherProgramOfTheSameAtSignIsServedAsBefore() throws Exception {
    bothSign();
    Stages.value(ends.open());
    ends.client.pins.forget(TwoEnds.DEVICE.atSign(), Optional.empty());
    ends.client.identities.with(RealKeys.of("@alice"));
    ends.client.configure("np2", "false");
    assertThat(Stages.value(ends.open()).facts().level(), is(Level.L1));
  }

  @Test
  public void aDeviceWithoutNp2ServesAClientThatSignedByBothElsewhere() throws Exception {
    bothSign();
    Stages.value(ends.open());
    // What this device knows of the client it shares with the atSign's other devices; this client
    // meets it for the first time.
    ends.client.pins.forget(TwoEnds.DEVICE.atSign(), Optional.empty());
    ends.device.ciphers.add();
    assertThat(Stages.value(ends.open()).facts().level(), is(Level.L1));
    ends.client.pins.forget(TwoEnds.DEVICE.atSign(), Optional.empty());
    ends.both(Suite.X25519_AES_256_GCM);
    ends.device.configure(Map.of("atSign", "@device", "name", "dev1", "np2", false));
    assertThat(Stages.value(ends.open()).facts().level(), is(Level.L1));
  }

  @Test
  public void aRecordThatTheRsaKeyDidNotSignIsNoKey() throws Exception {
    bothSign();
    Identity mallory = RealKeys.impostorOf("@device").signingAlsoBy(PosingKey.cut());
    ends.world
        .values()
        .put(
            DEVICES_RECORD,
            Np2SignRecord.of(mallory, mallory.signingKey().orElseThrow()).signedBy(mallory));
    Stages.failure(PeerUnverified.class, ends.open());
    ends.world.values().remove(DEVICES_RECORD);
    Stages.failure(PeerUnverified.class, ends.open());
    assertThat(ends.client.ends.opened(), hasSize(0));
  }

  @Test
  public void aKeyThatComesWhileTheDeviceRunsIsUsedOnceClientsCanLookItUp() throws Exception {
    ends.signing();
    ends.device.identities.with(RealKeys.of("@device"));
    ends.begin(Suite.X25519_AES_256_GCM);
    assertThat(receipt().signers().device(), is(Optional.empty()));
    ends.device.identities.with(ends.dev1());
    assertThat(receipt().signers().device(), is(Optional.empty()));
    ends.device.configure(Map.of("atSign", "@device", "name", "dev1", "np2", true, "hide", true));
    Eventually.holds(() -> ends.world.values().containsKey(DEVICES_RECORD));
    assertThat(receipt().signers().device().isPresent(), is(true));
  }

  @Test
  public void whatIsRequiredByAnyOfThreeIsMetOrRefusedByName() throws Exception {
    bothSign();
    Map<String, Runnable> says = new TreeMap<>();
    says.put("client", () -> ends.client.configure("np2", "true", "require", "both"));
    says.put(
        "device",
        () ->
            ends.device.configure(
                Map.of("atSign", "@device", "name", "dev1", "np2", true, "require", "both")));
    says.put("policy", () -> ends.device.require(new Requirement(true, true)));
    for (Map.Entry<String, Runnable> one : says.entrySet()) {
      nobodyRequires();
      one.getValue().run();
      ends.client.ciphers.add(Suite.X25519_AES_256_GCM);
      RequirementUnmet unmet = Stages.failure(RequirementUnmet.class, ends.open());
      assertThat(one.getKey(), unmet.getMessage(), containsString("pq-secrecy is required"));
      assertThat(unmet.getMessage(), containsString("x25519+sha256+aes256gcm"));
      ends.both(AgreementTest.HYBRID, Suite.X25519_AES_256_GCM);
      SessionFacts facts = Stages.value(ends.open()).facts();
      assertThat(one.getKey(), facts.level(), is(Level.L3));
      assertThat(facts.receipt().orElseThrow().postQuantumAuthenticated(), is(true));
      ends.device.pins.forget(TwoEnds.ALICE, Optional.empty());
      ends.client.identities.with(RealKeys.of("@alice"));
      RequirementUnmet other = Stages.failure(RequirementUnmet.class, ends.open());
      assertThat(other.getMessage(), containsString("pq-authentication is required"));
      assertThat(other.getMessage(), containsString("signs by rsa2048 and verifies rsa2048 and"));
      ends.client.identities.with(ends.alice());
    }
  }

  private void nobodyRequires() {
    ends.client.configure("np2", "true");
    ends.device.configure(Map.of("atSign", "@device", "name", "dev1", "np2", true));
    ends.device.require(Requirement.NONE);
    ends.both(Suite.X25519_AES_256_GCM);
  }

  @Test
  public void whoCannotDoNp2MeetsNoRequirement() throws Exception {
    bothSign();
    ends.device.ciphers.add();
    ends.client.configure("np2", "true", "require", "pq-authentication");
    RequirementUnmet unmet = Stages.failure(RequirementUnmet.class, ends.open());
    assertThat(unmet.getMessage(), containsString("pq-authentication"));
    assertThat(ends.client.ends.opened(), hasSize(0));
  }

  @Test
  public void requestsToOtherProgramsCarryNoSecondSignature() throws Exception {
    bothSign();
    ends.device.configure(Map.of("atSign", "@device", "name", "dev1", "np2", false));
    assertThat(Stages.value(ends.open()).facts().level(), is(Level.L1));
    Notification request =
        ends.world.sent().stream().filter(Tampering.Message.REQUEST::is).findFirst().orElseThrow();
    assertThat(request.value(), not(containsString("np2Signature")));
    assertThat(Set.copyOf(ends.world.values().keySet()).contains(DEVICES_RECORD), is(true));
  }
}
