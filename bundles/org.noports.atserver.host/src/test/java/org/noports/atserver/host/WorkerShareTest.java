package org.noports.atserver.host;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.Test;

/** How the workers are shared. */
public class WorkerShareTest {
  private final Deque<Runnable> workers = new ArrayDeque<>();
  private final List<String> done = new ArrayList<>();

  private void work() {
    while (!workers.isEmpty()) {
      workers.remove().run();
    }
  }

  @Test
  public void whoeverWantsMuchLeavesTurnsToWhoeverWantsLittle() {
    WorkerShare bob = new WorkerShare(workers::add, 2);
    WorkerShare alice = new WorkerShare(workers::add, 2);
    for (int i = 1; i <= 6; i++) {
      String task = "bob" + i;
      bob.execute(() -> done.add(task));
    }
    alice.execute(() -> done.add("alice"));
    work();
    assertThat(done, equalTo(List.of("bob1", "bob2", "alice", "bob3", "bob4", "bob5", "bob6")));
  }

  @Test
  public void aTaskThatFailsHoldsUpNothing() {
    WorkerShare bob = new WorkerShare(workers::add, 1);
    bob.execute(
        () -> {
          throw new IllegalStateException("expected by the test");
        });
    bob.execute(() -> done.add("next"));
    try {
      work();
    } catch (IllegalStateException expected) {
      work();
    }
    bob.execute(() -> done.add("last"));
    work();
    assertThat(done, equalTo(List.of("next", "last")));
  }
}
