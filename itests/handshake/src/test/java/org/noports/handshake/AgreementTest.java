package org.noports.handshake;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.After;
import org.junit.Test;
import org.noports.api.DowngradeDetected;
import org.noports.api.Secret;
import org.noports.api.cipher.KeyAgreement;
import org.noports.api.cipher.KeyDerivation;
import org.noports.api.cipher.RecordCipher;
import org.noports.api.identity.Fingerprint;
import org.noports.api.pins.Pin;
import org.noports.api.tunnel.Level;
import org.noports.api.tunnel.Np2Keys;
import org.noports.api.tunnel.Suite;
import org.noports.testkit.Stages;
import org.noports.testkit.fakes.RealKeys;

public final class AgreementTest {
  static final Suite HYBRID =
      new Suite(KeyAgreement.X_WING, KeyDerivation.SHA_256, RecordCipher.AES_256_GCM);

  private final TwoEnds ends = new TwoEnds();

  @After
  public void close() {
    ends.close();
  }

  private Np2Keys client() {
    return (Np2Keys) ends.client.ends.opened().get(0).plan().protection();
  }

  private Np2Keys device() {
    return (Np2Keys) ends.device.ends.opened().get(0).plan().protection();
  }

  private static byte[] clear(Secret secret) {
    return secret.exposeSecretBytes();
  }

  @Test
  public void bothEndsComeToTheSameSecretsAndNeitherToTheSameTwice() throws Exception {
    ends.begin(Suite.X25519_AES_256_GCM);
    assertThat(Stages.value(ends.open()).facts().level(), is(Level.L2));
    assertThat(client().transcript(), is(device().transcript()));
    assertThat(clear(client().root()), is(clear(device().root())));
    assertThat(clear(client().confirmClient()), is(clear(device().confirmClient())));
    assertThat(clear(client().confirmDevice()), is(clear(device().confirmDevice())));
    assertThat(clear(client().resume()), is(clear(device().resume())));
    assertThat(clear(client().export()), is(clear(device().export())));
    assertThat(client().client(), is(true));
    assertThat(device().client(), is(false));
    assertThat(clear(client().root()), is(not(clear(client().resume()))));
    Stages.value(ends.open());
    Np2Keys second = (Np2Keys) ends.client.ends.opened().get(1).plan().protection();
    assertThat(clear(second.root()), is(not(clear(client().root()))));
  }

  @Test
  public void theClientsFirstSuiteThatBothHaveIsTaken() throws Exception {
    ends.begin(HYBRID, Suite.X25519_AES_256_GCM);
    ends.device.ciphers.add(Suite.X25519_CHACHA20_POLY1305, Suite.X25519_AES_256_GCM);
    Stages.value(ends.open());
    assertThat(client().suite(), is(Suite.X25519_AES_256_GCM));
    ends.device.ciphers.add(Suite.X25519_AES_256_GCM, HYBRID);
    assertThat(Stages.value(ends.open()).facts().level(), is(Level.L3));
  }

  @Test
  public void whoAFleetsFilePutsAtL3IsNotUsedAtL2() throws Exception {
    ends.begin(HYBRID, Suite.X25519_AES_256_GCM);
    Stages.value(ends.open());
    Pin learnt = ends.client.pins.all().get(0);
    assertThat(learnt.lowest(), is(Level.L2));
    ends.client.pins.forget(learnt.peer(), learnt.device());
    ends.client.pins.keep(
        new Pin(
            learnt.peer(),
            learnt.device(),
            learnt.keys(),
            Level.L3,
            learnt.since(),
            "from the fleet's file"));
    Stages.value(ends.open());
    assertThat("before", client().suites().usable(), is(List.of(HYBRID, Suite.X25519_AES_256_GCM)));
    Np2Keys fromNowOn = (Np2Keys) ends.client.ends.opened().get(1).plan().protection();
    assertThat("what it may move to", fromNowOn.suites().usable(), is(List.of(HYBRID)));
    ends.device.ciphers.add(Suite.X25519_AES_256_GCM);
    DowngradeDetected detected = Stages.failure(DowngradeDetected.class, ends.open());
    assertThat(detected.getMessage(), containsString("known here as one of level L3"));
    assertThat(ends.client.ends.opened(), hasSize(2));
  }

  @Test
  public void aDeviceThatCannotIsServedAtL1AndNoticesNothing() throws Exception {
    ends.begin(Suite.X25519_AES_256_GCM);
    ends.device.ciphers.add();
    assertThat(Stages.value(ends.open()).facts().level(), is(Level.L1));
  }

  @Test
  public void aClientThatCannotIsServedAtL1AndNoticesNothing() throws Exception {
    ends.begin(Suite.X25519_AES_256_GCM);
    ends.client.configure("np2", "false");
    assertThat(Stages.value(ends.open()).facts().level(), is(Level.L1));
  }

  @Test
  public void whoMustBeOfLevelThreeIsNotUsedAtLevelTwo() throws Exception {
    ends.begin(HYBRID, Suite.X25519_AES_256_GCM);
    ends.client.pins.keep(
        new Pin(
            TwoEnds.DEVICE.atSign(),
            Optional.of(TwoEnds.DEVICE.name()),
            Map.of(
                Pin.RSA_2048,
                Fingerprint.ofPublicKey(RealKeys.of("@device").encryptionPublicKey())),
            Level.L3,
            Instant.now(),
            "from a fleet's file"));
    assertThat(Stages.value(ends.open()).facts().level(), is(Level.L3));
    ends.device.ciphers.add(Suite.X25519_AES_256_GCM);
    DowngradeDetected detected = Stages.failure(DowngradeDetected.class, ends.open());
    assertThat(detected.getMessage(), containsString("one of level L3 or better"));
  }

  @Test
  public void whoWasBetterBeforeIsNotUsedAtL1() throws Exception {
    ends.begin(Suite.X25519_AES_256_GCM);
    Stages.value(ends.open());
    ends.device.configure(Map.of("atSign", "@device", "name", "dev1", "np2", false));
    // Without an RSA key in the request such a device has nothing to answer with.
    Stages.failure(org.noports.api.NoPortsException.class, ends.open());
    assertThat(ends.device.ends.opened(), hasSize(1));
    ends.client.configure("np2", "false");
    DowngradeDetected detected = Stages.failure(DowngradeDetected.class, ends.open());
    assertThat(detected.getMessage(), containsString("known here as one of level L2"));
    assertThat(ends.client.ends.opened(), hasSize(1));
  }
}
