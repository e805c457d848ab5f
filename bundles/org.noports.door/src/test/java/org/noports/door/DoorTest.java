package org.noports.door;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;
import org.noports.door.wire.Frame;
import org.noports.door.wire.FrameKind;
import org.noports.door.wire.Greeting;
import org.noports.door.wire.WindowSize;

public class DoorTest {
  @Rule public final Timeout limit = Timeout.seconds(20);
  @Rule public final OpenDoor door = new OpenDoor();

  @Test
  public void argumentsArriveAsTheyWereGiven() throws Exception {
    CompletableFuture<List<String>> seen = new CompletableFuture<>();
    door.work = call -> seen.complete(call.arguments()) ? 0 : 1;
    try (Caller caller = door.caller().asks("connect", "", "two words", "\"$HOME\"; `x` *")) {
      assertEquals(0, caller.exitCode());
    }
    assertEquals(List.of("connect", "", "two words", "\"$HOME\"; `x` *"), seen.get());
  }

  @Test
  public void bothOutputsArriveBeforeTheExitCode() throws Exception {
    door.work =
        call -> {
          call.stdout().print("no line end");
          call.stderr().println("gr\u00fcn");
          return 42;
        };
    try (Caller caller = door.caller().asks("x")) {
      assertEquals(42, caller.exitCode());
      assertEquals("no line end", caller.out());
      assertEquals("gr\u00fcn\n", caller.err());
    }
  }

  @Test
  public void aCommandThatReadsNothingAsksForNothing() throws Exception {
    try (Caller caller = door.caller().asks("x")) {
      caller.exitCode();
      assertEquals(0, caller.wantedSoFar());
    }
  }

  @Test
  public void inputPassesWholeInBothDirections() throws Exception {
    byte[] sent = new byte[300_000];
    new Random(1).nextBytes(sent);
    door.work =
        call -> {
          call.stdin().transferTo(call.stdout());
          return 0;
        };
    try (Caller caller = door.caller().asks("x")) {
      int wanted = 0;
      for (int at = 0; at < sent.length; ) {
        wanted += wanted == 0 ? caller.awaitWant() : 0;
        int count = Math.min(Math.min(wanted, Frame.MAX_PAYLOAD), sent.length - at);
        caller.sends(new Frame(FrameKind.STDIN, ByteBuffer.wrap(sent, at, count).slice()));
        wanted -= count;
        at += count;
      }
      caller.sends(Frame.empty(FrameKind.STDIN_EOF));
      assertEquals(0, caller.exitCode());
      assertArrayEquals(sent, caller.out.toByteArray());
    }
  }

  @Test
  public void whoReadsALineTakesNoMoreFromWhoeverReadsBehindIt() throws Exception {
    door.work =
        call -> {
          while (call.stdin().read() != '\n') {
            continue;
          }
          return 0;
        };
    try (Caller caller = door.caller().asks("x")) {
      caller.awaitWant();
      caller.sends(Frame.text(FrameKind.STDIN, "a line\nand more"));
      assertEquals(0, caller.exitCode());
      assertEquals(64 * 1024, caller.wantedSoFar());
    }
  }

  @Test
  public void moreInputThanWasAskedForEndsTheCall() throws Exception {
    door.work =
        call -> {
          call.stdin().read();
          return waitForever(call);
        };
    try (Caller caller = door.caller().asks("x")) {
      Frame most = new Frame(FrameKind.STDIN, ByteBuffer.allocate(caller.awaitWant()));
      caller.sends(most);
      caller.awaitOutput();
      caller.sends(new Frame(FrameKind.STDIN, ByteBuffer.allocate(1)));
      assertEquals(-1, caller.exitCode());
    }
  }

  @Test
  public void twentyIdleCallersAndOneThatBabblesDelayNobody() throws Exception {
    List<Caller> others = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      others.add(door.caller());
    }
    Caller babbler = door.caller();
    byte[] garbage = "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    babbler.sends(ByteBuffer.wrap(garbage));
    try (Caller caller = door.caller().asks("x")) {
      assertEquals(0, caller.exitCode());
    }
    assertEquals(-1, babbler.exitCode());
    for (Caller other : others) {
      assertEquals(0, other.asks("x").exitCode());
      other.close();
    }
  }

  @Test
  public void aGreetingThatIsOnlyLineEndsIsSentAwayAndEmptyLinesAreNot() throws Exception {
    try (Caller babbler = door.caller().sends(Frame.text(FrameKind.HELLO, "\n"))) {
      assertEquals(-1, babbler.exitCode());
    }
    Frame airy = Frame.text(FrameKind.HELLO, Greeting.VERSION + "\n\nmode=command\n");
    try (Caller caller = door.caller().sends(airy)) {
      assertEquals(0, caller.sends(Frame.arguments(List.of("x"))).exitCode());
    }
  }

  @Test
  public void aListenerThatFailsEndsItsCallAndNoOther() throws Exception {
    door.work =
        call -> {
          call.onResize(
              size -> {
                throw new IllegalStateException("cannot be so wide");
              });
          call.stdout().println("ready");
          call.stdout().flush();
          return waitForever(call);
        };
    try (Caller wide = door.caller().asks("x")) {
      wide.awaitOutput();
      wide.sends(WindowSize.USUAL.frame());
      assertEquals(-1, wide.exitCode());
    }
    door.work = call -> 0;
    try (Caller caller = door.caller().asks("x")) {
      assertEquals(0, caller.exitCode());
    }
  }

  @Test
  public void aCallerThatSaysNothingIsSentAway() throws Exception {
    door.settings = new DoorSettings(Duration.ofMillis(300), 64, Duration.ofMinutes(1), "noports");
    try (Caller silent = door.caller();
        Caller halfway = door.caller().greets(Greeting.Mode.COMMAND)) {
      assertEquals(-1, silent.exitCode());
      assertEquals(-1, halfway.exitCode());
    }
  }

  @Test
  public void aRunningCommandIsNotSentAway() throws Exception {
    door.settings = new DoorSettings(Duration.ofMillis(300), 64, Duration.ofMinutes(1), "noports");
    CountDownLatch othersGone = new CountDownLatch(1);
    door.work =
        call -> {
          othersGone.await();
          return 5;
        };
    try (Caller caller = door.caller().asks("x");
        Caller silent = door.caller()) {
      assertEquals(-1, silent.exitCode());
      othersGone.countDown();
      assertEquals(5, caller.exitCode());
    }
  }

  @Test
  public void anInterruptEndsTheCommand() throws Exception {
    door.work = DoorTest::waitForever;
    try (Caller caller = door.caller().asks("x")) {
      caller.awaitOutput();
      caller.sends(Frame.empty(FrameKind.INTERRUPT));
      assertEquals(Work.INTERRUPTED, caller.exitCode());
    }
  }

  @Test
  public void aCallerThatLeavesInterruptsItsCommand() throws Exception {
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    door.work =
        call -> {
          try {
            return waitForever(call);
          } catch (InterruptedException e) {
            interrupted.complete(true);
            throw e;
          }
        };
    Caller caller = door.caller().asks("x");
    caller.awaitOutput();
    caller.close();
    assertTrue(interrupted.get(60, TimeUnit.SECONDS));
  }

  @Test
  public void aLateInterruptDoesNotReachTheNextCommand() throws Exception {
    for (int i = 0; i < 50; i++) {
      door.work = call -> 0;
      ByteBuffer both = ByteBuffer.allocate(100);
      both.put(Frame.arguments(List.of("x")).encoded());
      both.put(Frame.empty(FrameKind.INTERRUPT).encoded());
      try (Caller caller = door.caller().greets(Greeting.Mode.COMMAND).sends(both.flip())) {
        caller.exitCode();
      }
      door.work = call -> Thread.currentThread().isInterrupted() ? 1 : 0;
      try (Caller next = door.caller().asks("x")) {
        assertEquals(0, next.exitCode());
      }
    }
  }

  @Test
  public void aCallerThatDoesNotReadHoldsItsOwnCommandAlone() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    door.work =
        call -> {
          if (call.arguments().get(0).equals("flood")) {
            begun.countDown();
            for (int i = 0; i < 1000; i++) {
              call.stdout().write(new byte[Frame.MAX_PAYLOAD]);
            }
          }
          return 0;
        };
    try (Caller flooded = door.caller().asks("flood")) {
      begun.await();
      try (Caller caller = door.caller().asks("x")) {
        assertEquals(0, caller.exitCode());
      }
      assertEquals(0, flooded.exitCode());
      assertEquals(1000 * Frame.MAX_PAYLOAD, flooded.out.size());
    }
  }

  @Test
  public void aFailureOfTheCommandIsOneSentenceAndNotAStackTrace() throws Exception {
    door.work =
        call -> {
          throw new IllegalStateException("broken inside");
        };
    try (Caller caller = door.caller().asks("x")) {
      assertEquals(1, caller.exitCode());
      assertEquals(1, caller.err().lines().count());
      assertTrue(caller.err(), caller.err().contains("broken inside"));
    }
  }

  @Test
  public void moreCallersThanAllowedAreRefused() throws Exception {
    door.settings = new DoorSettings(Duration.ofSeconds(30), 2, Duration.ofMinutes(1), "");
    CountDownLatch end = new CountDownLatch(1);
    door.work =
        call -> {
          call.stdout().println("here");
          end.await();
          return 0;
        };
    try (Caller first = door.caller().asks("x");
        Caller second = door.caller().asks("x")) {
      first.awaitOutput();
      second.awaitOutput();
      try (Caller third = door.caller()) {
        assertEquals(-1, third.exitCode());
      }
      end.countDown();
      assertEquals(0, first.exitCode());
    }
  }

  private static int waitForever(Call call) throws InterruptedException {
    call.stdout().println("waiting");
    new CountDownLatch(1).await();
    return 0;
  }
}
