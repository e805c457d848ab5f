package org.noports.atserver.host;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThan;
import static org.noports.atserver.host.TestHost.ALICE;
import static org.noports.atserver.host.TestHost.BOB;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;

/**
 * One atSign is flooded: others are served in turn with it. Counted in answers, not in time: while
 * alice waits for one answer, so and so many of bob's go out.
 */
public class NoisyNeighbourTest {
  private static final int CONNECTIONS = 4;
  private static final int COMMANDS = 30;

  /**
   * Of the flood's answers to one of alice's; a loop that served whoever came first gives 10,000.
   */
  private static final double FAIR = 6_000;

  @Rule public final TestHost host = new TestHost();

  private final AtomicLong answered = new AtomicLong();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean over;

  @After
  public void endFlood() throws InterruptedException {
    over = true;
    // The host hangs up first: a socket of the JDK that waits to write cannot be closed from here.
    host.host.deactivate();
    for (Thread thread : threads) {
      thread.join(60_000);
    }
  }

  /** Sends as much as it can and reads all that is answered. */
  private void flood(Line line, String batch) {
    background(
        () -> {
          while (!over) {
            line.sendRaw(batch);
          }
        });
    background(
        () -> {
          String heard = line.read();
          while (!heard.isEmpty()) {
            answered.addAndGet(heard.chars().filter(c -> c == '\n').count());
            heard = line.read();
          }
        });
  }

  private void background(Runnable task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IllegalStateException e) {
                // The connection ended with the test.
                over = true;
              }
            },
            "flood-" + threads.size());
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  /** How many of the flood's answers go out while alice waits for one of hers, on average. */
  private double answersMeanwhile() {
    TestHost.await(() -> answered.get() > 1_000);
    Line alice = host.owner(ALICE);
    long before = answered.get();
    for (int i = 0; i < COMMANDS; i++) {
      alice.data("update:calm" + i % 7 + ".ns@alice " + i);
    }
    return (answered.get() - before) / (double) COMMANDS;
  }

  @Test
  public void aFloodOfCommandsLeavesOthersTheirTurn() {
    for (int i = 0; i < CONNECTIONS; i++) {
      flood(host.owner(BOB), "llookup:public:publickey@bob\nscan\nnoop:0\n".repeat(100));
    }
    double meanwhile = answersMeanwhile();
    assertThat(meanwhile, lessThan(FAIR));
    assertThat(answered.get(), greaterThan(1_000L));
  }

  @Test
  public void aFloodOfNotificationsAndHugeValuesLeavesOthersTheirTurn() {
    String huge = "update:huge.ns@bob " + "x".repeat(300_000) + "\n";
    flood(host.owner(BOB), huge);
    for (int i = 1; i < CONNECTIONS; i++) {
      flood(host.owner(BOB), "notify:@nobody:n.ns@bob:hello\n".repeat(100));
    }
    double meanwhile = answersMeanwhile();
    assertThat(meanwhile, lessThan(FAIR));
  }
}
