package org.noports.atserver;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.sameInstance;
import static org.noports.atserver.TwoAtSigns.ALICE;
import static org.noports.atserver.TwoAtSigns.BOB;
import static org.noports.atserver.TwoAtSigns.refusal;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.api.EnrollmentEnded;
import org.noports.api.atserver.AtServerSession;
import org.noports.api.health.Health;
import org.noports.testkit.fakes.RealKeys;

/** What follows when an atServer takes the keys of one of our atSigns no more. */
public class EnrollmentEndTest {
  private record Told(AtSign self, EnrollmentEnded reason) {}

  @Rule public final TwoAtSigns two = new TwoAtSigns();
  private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();

  @Before
  public void observed() {
    two.atServers.bindObserver((self, reason) -> told.add(new Told(self, reason)));
  }

  @Test
  public void whoeverRunsInTheAtSignsNameIsToldOnceAndTheOthersGoOn() throws Exception {
    AtServerSession alice = two.session(ALICE);
    AtServerSession bob = two.session(BOB);
    Told heard = revoke("AT0027:enrollment_id: 1 is revoked");
    assertThat(heard.self, is(ALICE));
    assertThat(
        heard.reason.getMessage(), containsString("the enrollment of this key file is over"));
    refusal(EnrollmentEnded.class, alice.scan("x"));
    assertThat(alice.connected(), is(false));
    assertThat(two.session(BOB), sameInstance(bob));
    bob.putPublic("still.here", "yes").toCompletableFuture().get(60, TimeUnit.SECONDS);
    assertThat("told once", told.poll(), is(nullValue()));
  }

  @Test
  public void eachOfTheFourAnswersEndsTheSession() throws Exception {
    for (String answer :
        new String[] {
          "AT0025:enrollment_id: 1 is denied",
          "AT0027:enrollment_id: 1 is revoked",
          "AT0028:enrollment_id: 1 is expired or invalid",
          "AT0029:The enrollment has expired"
        }) {
      two.session(ALICE);
      assertThat(revoke(answer).reason.getMessage(), containsString(answer.substring(0, 6)));
      mend();
    }
  }

  @Test
  public void nobodyDialsInVainUntilTheKeyFileChanges() throws Exception {
    two.session(ALICE);
    revoke("AT0027:enrollment_id: 1 is revoked");
    two.world.heard.clear();
    for (int i = 0; i < 20; i++) {
      refusal(EnrollmentEnded.class, two.atServers.session(ALICE));
    }
    // The other two connections may have been on their way when the first was refused.
    assertThat(
        two.world.heard.stream().filter(line -> line.contains("from:@alice")).count(),
        is(lessThanOrEqualTo(2L)));
    Health health = two.atServers.check();
    assertThat(health.status(), is(Health.Status.DEGRADED));
    assertThat(health.message(), containsString("AT0027"));
    mend();
    assertThat(two.session(ALICE).connected(), is(true));
    assertThat(two.atServers.check().status(), is(Health.Status.OK));
  }

  @Test
  public void anEnrollmentThatIsOverFromTheStartIsSaidSo() throws Exception {
    refuse("AT0025:enrollment_id: 1 is denied");
    refusal(EnrollmentEnded.class, two.atServers.session(ALICE));
    assertThat(told.poll(), is(nullValue()));
  }

  @Test
  public void anAtServerThatIsBusyEndsNothing() throws Exception {
    AtServerSession alice = two.session(ALICE);
    refuse("AT0028:Too many requests");
    two.world.dropAll();
    two.world.await("pkam:");
    two.world.refusals.clear();
    assertThat(two.session(ALICE), sameInstance(alice));
    assertThat(told.poll(), is(nullValue()));
    assertThat(alice, not(nullValue()));
  }

  private Told revoke(String answer) throws InterruptedException {
    refuse(answer);
    two.world.dropAll();
    Told heard = told.poll(60, TimeUnit.SECONDS);
    assertThat(heard, not(nullValue()));
    return heard;
  }

  private void refuse(String answer) {
    two.world.refusals.put("@alice", answer);
  }

  private void mend() {
    two.world.refusals.clear();
    RealKeys other = RealKeys.impostorOf("@alice");
    two.identities.put(ALICE, other);
    two.world.add(other);
  }
}
