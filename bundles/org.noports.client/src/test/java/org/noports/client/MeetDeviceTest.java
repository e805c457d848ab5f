package org.noports.client;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.Rule;
import org.junit.Test;
import org.noports.api.IdentityUnusable;
import org.noports.api.PeerKeyChanged;
import org.noports.api.identity.Fingerprint;
import org.noports.api.pins.Pin;
import org.noports.api.session.TunnelRequest;
import org.noports.api.session.TunnelSession;
import org.noports.testkit.Stages;
import org.noports.testkit.fakes.RealKeys;

public final class MeetDeviceTest {
  static final RealKeys GENUINE = RealKeys.of("@device");
  static final RealKeys IMPOSTOR = RealKeys.impostorOf("@device");

  @Rule public final TestClient test = new TestClient();

  static Fingerprint key(RealKeys keys) {
    return Fingerprint.ofPublicKey(keys.encryptionPublicKey());
  }

  /** What an atServer's operator can do who wants to stand in the middle. */
  private void theAtServerLies() {
    test.world.swapKey(ScriptedDevice.AT_SIGN, IMPOSTOR.encryptionPublicKey());
    test.device.signer = IMPOSTOR;
  }

  private CompletableFuture<TunnelSession> expecting(String fingerprint) {
    TunnelRequest plain = TestClient.request(TestClient.DEVICE, ScriptedRelay.AT_SIGN, false);
    return test.open(
        new TunnelRequest(
            plain.from(),
            plain.device(),
            plain.relay(),
            plain.target(),
            plain.local(),
            plain.keep(),
            plain.grace(),
            Optional.of(fingerprint)));
  }

  @Test
  public void firstContactIsShownOnceAndKept() {
    assertThat(Stages.value(test.open()).facts().firstContact(), is(Optional.of(key(GENUINE))));
    assertThat(Stages.value(test.open()).facts().firstContact(), is(Optional.empty()));
    assertThat(test.pins.all(), hasSize(1));
    assertThat(test.pins.all().get(0).name(), is("dev1@device"));
    assertThat(test.pins.all().get(0).keys().get(Pin.RSA_2048), is(key(GENUINE)));
  }

  @Test
  public void aSwappedKeyIsFoundByAClientThatMetTheDeviceBeforeItAsksForAnything() {
    Stages.value(test.open()).close();
    int requests = test.device.requests.size();
    theAtServerLies();
    PeerKeyChanged changed = Stages.failure(PeerKeyChanged.class, test.open());
    assertThat(changed.getMessage(), containsString("learnt at first contact"));
    assertThat(test.device.requests, hasSize(requests));
    assertThat(test.nothingLeft(), is(true));
  }

  @Test
  public void aSwappedKeyIsFoundByAClientThatWasGivenTheFingerprintInAnyForm() {
    theAtServerLies();
    Fingerprint genuine = key(GENUINE);
    for (String written :
        new String[] {genuine.text(), genuine.hex(), genuine.words().replace('-', ' ')}) {
      PeerKeyChanged changed = Stages.failure(PeerKeyChanged.class, expecting(written));
      assertThat(changed.getMessage(), containsString(key(IMPOSTOR).text()));
    }
    assertThat(test.device.requests, is(empty()));
    assertThat(test.pins.all(), is(empty()));
  }

  @Test
  public void theExpectedFingerprintIsLearntAsSuch() {
    Stages.value(expecting(key(GENUINE).words()));
    assertThat(test.pins.all().get(0).learnt(), is(Pin.EXPECTED));
  }

  @Test
  public void nothingIsLearntFromADeviceThatDidNotProveItself() {
    test.device.signer = IMPOSTOR;
    Stages.failure(org.noports.api.PeerUnverified.class, test.open());
    assertThat(test.pins.all(), is(empty()));
  }

  @Test
  public void withoutPinsNobodyIsTrusted() {
    test.neighbours.unbindPins(test.pins);
    Stages.failure(IdentityUnusable.class, test.open());
    assertThat(test.device.requests, is(empty()));
  }
}
