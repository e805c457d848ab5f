package org.noports.handshake;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.noports.api.AtServerUnavailable;
import org.noports.api.SessionRefused;
import org.noports.api.session.Receipt;
import org.noports.api.session.TunnelSession;
import org.noports.api.tunnel.Suite;
import org.noports.testkit.Eventually;
import org.noports.testkit.Stages;
import org.noports.testkit.fakes.FakeEnd;
import org.noports.testkit.fakes.RealKeys;

/** An atServer that fails for a moment is no attack: nothing ends as one. */
public final class SignaturesUnderTroubleTest {
  private final TwoEnds ends = new TwoEnds();
  private TunnelSession tunnel;

  @Before
  public void aSessionThatBothSigned() throws Exception {
    ends.signing().begin(Suite.X25519_AES_256_GCM);
    Eventually.holds(() -> ends.world.values().containsKey("public:np2_sign.primary.sshnp@device"));
    tunnel = Stages.value(ends.open());
    assertThat(receipt().postQuantumAuthenticated(), is(true));
  }

  @After
  public void close() {
    ends.close();
  }

  private Receipt receipt() {
    return tunnel.facts().receipt().orElseThrow();
  }

  private FakeEnd link() {
    return ends.client.ends.opened().get(0);
  }

  private long requests() {
    return ends.world.sent().stream().filter(Tampering.Message.REQUEST::is).count();
  }

  private void goesOnSignedByBoth() throws Exception {
    Eventually.holds(() -> receipt().history().size() == 2);
    assertThat(receipt().postQuantumAuthenticated(), is(true));
    assertThat(link().isOver(), is(false));
  }

  @Test
  public void aSessionWhoseDevicesKeyCannotBeReadForAMomentGoesOnLater() throws Exception {
    ends.world.readable(TwoEnds.DEVICE.atSign(), false);
    Stages.failure(AtServerUnavailable.class, ends.open());
    link().loseLink("the relay is gone");
    Eventually.holds(() -> requests() >= 4);
    ends.world.readable(TwoEnds.DEVICE.atSign(), true);
    goesOnSignedByBoth();
  }

  @Test
  public void aDeviceThatCannotReadTheClientsKeyDoesNotCallItsSignatureWrong() throws Exception {
    ends.world.readable(TwoEnds.ALICE, false);
    AtServerUnavailable refused = Stages.failure(AtServerUnavailable.class, ends.open());
    assertThat(refused.getMessage(), containsString("The atServer of @alice is slow"));
    assertThat(refused.getMessage(), not(containsString("Signature not verified")));
  }

  @Test
  public void aSessionWhoseClientsKeysCannotBeReadForAMomentGoesOnLater() throws Exception {
    ends.world.withholdKey(TwoEnds.ALICE, true);
    link().loseLink("the relay is gone");
    Eventually.holds(() -> requests() >= 3);
    assertThat("it is not taken for a success, either", receipt().history().size(), is(1));
    ends.world.readable(TwoEnds.ALICE, false);
    ends.world.withholdKey(TwoEnds.ALICE, false);
    Eventually.holds(() -> requests() >= 5);
    assertThat(receipt().history().size(), is(1));
    ends.world.readable(TwoEnds.ALICE, true);
    goesOnSignedByBoth();
  }

  @Test
  public void aSessionWhoseClientPublishesNoKeyAnyMoreEnds() throws Exception {
    ends.world.hideKey(TwoEnds.ALICE);
    link().loseLink("the relay is gone");
    Eventually.holds(() -> link().isOver());
  }

  @Test
  public void aClientThatCannotPublishAgainSignsByTheKeyThatIsPublished() throws Exception {
    ends.world.writable(TwoEnds.ALICE, false);
    link().loseLink("the relay is gone");
    goesOnSignedByBoth();
  }

  @Test
  public void aDeviceThatListensAnewSignsByTheKeyThatIsPublished() throws Exception {
    ends.world.writable(TwoEnds.DEVICE.atSign(), false);
    ends.device.configure(Map.of("atSign", "@device", "name", "dev2", "np2", true));
    ends.device.configure(Map.of("atSign", "@device", "name", "dev1", "np2", true));
    link().loseLink("the relay is gone");
    goesOnSignedByBoth();
    assertThat(
        Stages.value(ends.open()).facts().receipt().orElseThrow().signers().device(),
        is(Optional.of(ends.dev1().signingKey().orElseThrow().fingerprint())));
  }

  @Test
  public void anAnswerWhoseKeyIsExchangedMeanwhileIsNotSentWithoutItsSignature() throws Exception {
    // The device's end is opened after its answer was made and before it is signed.
    ends.device.ends.openAfter(
        new CompletableFuture<>() {
          @Override
          public <T> CompletableFuture<T> thenApply(Function<? super Void, ? extends T> then) {
            ends.device.identities.with(RealKeys.of("@device"));
            return super.thenApply(then);
          }
        });
    SessionRefused refused = Stages.failure(SessionRefused.class, ends.open());
    assertThat(refused.getMessage(), containsString("was exchanged while an answer was made"));
  }
}
