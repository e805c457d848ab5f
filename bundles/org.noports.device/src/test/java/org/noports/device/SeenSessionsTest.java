package org.noports.device;

import static org.hamcrest.CoreMatchers.is;
import static org.hamcrest.MatcherAssert.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.api.SessionId;
import org.noports.device.SeenSessions.Use;

public class SeenSessionsTest {
  private static final AtSign ALICE = AtSign.of("@alice");
  private static final AtSign MALLORY = AtSign.of("@mallory");

  private Instant now = Instant.EPOCH;

  @Test
  public void anIdIsKnownAgainHoweverManyCameSince() {
    SeenSessions seen = new SeenSessions(() -> now);
    SessionId first = SessionId.random();
    assertThat(seen.use(ALICE, first), is(Use.FIRST));
    for (int client = 0; client < 20; client++) {
      fill(seen, AtSign.of("@client" + client), 1_000);
    }
    assertThat(seen.use(ALICE, first), is(Use.AGAIN));
    assertThat("under another name", seen.use(MALLORY, first), is(Use.AGAIN));
  }

  @Test
  public void oneClientLeavesOthersRoom() {
    SeenSessions seen = new SeenSessions(() -> now);
    fill(seen, MALLORY, SeenSessions.MOST_OF_ONE);
    assertThat(seen.use(MALLORY, SessionId.random()), is(Use.NO_ROOM));
    assertThat(seen.use(ALICE, SessionId.random()), is(Use.FIRST));
  }

  @Test
  public void noneIsForgottenWhileItsNonceMayLive() {
    SeenSessions seen = new SeenSessions(() -> now, 1, 10);
    SessionId first = SessionId.random();
    assertThat(seen.use(ALICE, first), is(Use.FIRST));
    now = now.plus(SeenSessions.KEPT).minusMillis(1);
    assertThat(seen.use(ALICE, SessionId.random()), is(Use.NO_ROOM));
    assertThat(seen.use(ALICE, first), is(Use.AGAIN));
    now = now.plus(Duration.ofMillis(1));
    assertThat(seen.use(ALICE, SessionId.random()), is(Use.FIRST));
  }

  @Test
  public void anOldOneStaysWhileThereIsRoom() {
    SeenSessions seen = new SeenSessions(() -> now);
    SessionId first = SessionId.random();
    assertThat(seen.use(ALICE, first), is(Use.FIRST));
    now = now.plus(Duration.ofDays(30));
    assertThat(seen.use(ALICE, first), is(Use.AGAIN));
  }

  @Test
  public void allTogetherHaveALimitTooAndTheOldestGivesWay() {
    SeenSessions seen = new SeenSessions(() -> now, 3, 4);
    fill(seen, MALLORY, 3);
    SessionId last = SessionId.random();
    assertThat(seen.use(ALICE, last), is(Use.FIRST));
    assertThat(seen.use(ALICE, SessionId.random()), is(Use.NO_ROOM));
    now = now.plus(SeenSessions.KEPT);
    fill(seen, ALICE, 2);
    assertThat("Mallory's were older", seen.use(ALICE, last), is(Use.AGAIN));
  }

  private static void fill(SeenSessions seen, AtSign client, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(seen.use(client, SessionId.random()), is(Use.FIRST));
    }
  }
}
