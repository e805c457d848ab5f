package org.noports.door;

import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;

/** Who is let in when many call, or when it cannot be said who calls. */
public class DoorSharesTest {
  @Rule public final Timeout limit = Timeout.seconds(20);
  @Rule public final OpenDoor door = new OpenDoor();

  @Test
  public void oneMemberOfTheGroupLeavesPlacesForOthersAndAllOfThemSomeForTheOwner()
      throws Exception {
    door.settings = new DoorSettings(Duration.ofSeconds(30), 8, Duration.ofMinutes(1), "noports");
    door.work = call -> call.arguments().get(0).equals("stay") ? waitForever(call) : 0;
    List<Caller> inside = new ArrayList<>();
    for (String member : List.of("alice", "bob", "carol")) {
      door.recognition = who -> new Peer(member, Peer.Access.MEMBER);
      inside.add(letIn());
      inside.add(letIn());
      assertSentAway();
    }
    door.recognition = who -> new Peer("dave", Peer.Access.MEMBER);
    assertSentAway();
    door.recognition = who -> new Peer("owner", Peer.Access.OWNER);
    try (Caller owner = door.caller().asks("x")) {
      assertEquals(0, owner.exitCode());
    }
    for (Caller each : inside) {
      each.close();
    }
  }

  /** One whose command runs. */
  private Caller letIn() throws Exception {
    Caller caller = door.caller().asks("stay");
    caller.awaitOutput();
    return caller;
  }

  private void assertSentAway() throws Exception {
    try (Caller refused = door.caller()) {
      assertEquals(-1, refused.exitCode());
    }
  }

  @Test
  public void aCallerWhoCannotBeRecognisedIsSentAwayAndTheNextOneIsServed() throws Exception {
    DoorLoop.Recognition usual = door.recognition;
    door.recognition =
        who -> {
          throw new IllegalStateException("no such user");
        };
    assertSentAway();
    door.recognition =
        who -> {
          throw new IOException("the group file is gone");
        };
    assertSentAway();
    door.recognition = usual;
    try (Caller caller = door.caller().asks("x")) {
      assertEquals(0, caller.exitCode());
    }
  }

  private static int waitForever(Call call) throws InterruptedException {
    call.stdout().println("waiting");
    new CountDownLatch(1).await();
    return 0;
  }
}
