package org.noports.device;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.Test;
import org.noports.api.policy.CombineDecisions;
import org.noports.api.policy.Decision;
import org.noports.api.policy.Obligations;
import org.noports.api.policy.PermitOpen;
import org.noports.api.policy.Requirement;

/** What several evaluators say together. */
public class CombineDecisionsTest {
  private static final Instant SOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final Decision NO = new Decision.Deny("forbidden", "no");
  private static final Decision WAIT = new Decision.Later("network", "wait", "");
  private static final Decision NOTHING = new Decision.Abstain("default-deny", "unknown");
  private static final Decision YES = permit("b-yes", "localhost:22", "", SOON);

  private static Decision permit(String rule, String place, String require, Instant until) {
    return new Decision.Permit(
        rule,
        PermitOpen.listOf(place),
        new Obligations(Requirement.of(require), Optional.of(Duration.ofHours(1)), false),
        "r1",
        Optional.of(until));
  }

  /** The same in whichever order they are asked. */
  private static Decision combined(Decision... several) {
    List<Decision> all = new ArrayList<>(List.of(several));
    Decision one = CombineDecisions.of(all);
    Collections.reverse(all);
    assertThat(CombineDecisions.of(all), is(one));
    return one;
  }

  @Test
  public void aNoOfAnyIsANo() {
    assertThat(combined(YES, NO, WAIT, NOTHING), is(NO));
  }

  @Test
  public void aNoOfTheRulesIsToldRatherThanThatSomebodyCouldNotSay() {
    Decision silent = Decision.Deny.undecided("a-silent", "it is silent");
    assertThat(combined(YES, silent, NO), is(NO));
    assertThat(combined(YES, silent, WAIT), is(silent));
  }

  @Test
  public void whoWaitsMakesAllWaitUnlessAnyForbids() {
    assertThat(combined(YES, WAIT, NOTHING), is(WAIT));
  }

  @Test
  public void oneYesIsNeededAndEnough() {
    assertThat(combined(YES, NOTHING), is(YES));
    assertThat(combined(NOTHING, NOTHING), is(NOTHING));
    assertThat(CombineDecisions.of(List.of()), instanceOf(Decision.Abstain.class));
  }

  @Test
  public void ofSeveralThatPermitTheObligationsOfAllHoldAndTheFirstTermEndsAll() {
    Decision other = permit("a-yes", "*:443", "pq-secrecy", SOON.minusSeconds(1));
    Decision.Permit both = (Decision.Permit) combined(YES, other);
    assertThat(both.rule(), is("a-yes"));
    assertThat(both.permitOpen(), is(PermitOpen.listOf("*:443,localhost:22")));
    assertThat(both.obligations().require(), is(Requirement.of("pq-secrecy")));
    assertThat(both.until(), is(Optional.of(SOON.minusSeconds(1))));
  }
}
