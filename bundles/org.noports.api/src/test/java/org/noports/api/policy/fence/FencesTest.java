package org.noports.api.policy.fence;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.After;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.DeviceName;
import org.noports.api.Subscription;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Decision;
import org.noports.api.policy.PolicyEvaluator;
import org.noports.api.policy.RequestKind;

public class FencesTest {
  private static final AtSign ALICE = AtSign.of("@alice");
  private static final AccessRequest QUESTION =
      new AccessRequest(
          ALICE,
          new DeviceAddress(AtSign.of("@device"), DeviceName.of("dev1")),
          "__none__",
          RequestKind.PING,
          Optional.empty());
  private static final Decision NO = new Decision.Deny("closed", "it is Sunday");
  private static final PlugIn FIRST = new PlugIn("com.example.hours", "1.0.0", 1);
  private static final Limits LIMITS =
      new Limits(Duration.ofMillis(200), 3, 3, Duration.ofSeconds(30));

  private Supplier<ExecutorService> threads = () -> Executors.newFixedThreadPool(4);
  private final AtomicLong nanos = new AtomicLong();
  private final List<String> quarantined = new CopyOnWriteArrayList<>();
  private final List<FencedEvaluator> made = new ArrayList<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private final Fences fences =
      new Fences(
          new Fences.Owner() {
            @Override
            public ExecutorService threads(String evaluator) {
              return threads.get();
            }

            @Override
            public void quarantined(PlugIn bundle, String why) {
              quarantined.add(why);
            }
          },
          LIMITS,
          nanos::get);

  @After
  public void stop() {
    end.countDown();
    made.forEach(FencedEvaluator::close);
  }

  private FencedEvaluator fenced(PlugIn bundle, PolicyEvaluator plugIn) {
    FencedEvaluator fenced = fences.around(bundle, "hours", plugIn);
    made.add(fenced);
    return fenced;
  }

  private FencedEvaluator fenced(PolicyEvaluator plugIn) {
    return fenced(FIRST, plugIn);
  }

  private static Decision answer(PolicyEvaluator evaluator) throws Exception {
    return evaluator.decide(QUESTION).toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private static Throwable failure(PolicyEvaluator evaluator) {
    return assertThrows(ExecutionException.class, () -> answer(evaluator)).getCause();
  }

  /** Comes back when the test is over, whoever interrupts it. */
  private CompletionStage<Decision> hang() {
    boolean over = false;
    while (!over) {
      try {
        over = end.await(1, TimeUnit.HOURS);
      } catch (InterruptedException e) {
        // As code does that knows nothing of interrupts.
      }
    }
    return completedFuture(NO);
  }

  private static Decision thrown() {
    throw new IllegalStateException("not\ntoday");
  }

  @Test
  public void whatItDecidesIsItsAnswer() throws Exception {
    FencedEvaluator fenced = fenced(request -> completedFuture(NO));
    assertSame(NO, answer(fenced));
    assertEquals(Optional.empty(), fenced.trouble());
  }

  @Test
  public void oneThatThrowsDecidesNothingAndIsShown() {
    FencedEvaluator fenced = fenced(request -> completedFuture(thrown()));
    Throwable said = failure(fenced);
    assertEquals("it threw java.lang.IllegalStateException: not today", said.toString());
    assertTrue(fenced.trouble().get(), fenced.trouble().get().contains("com.example.hours 1.0.0"));
    assertTrue(fenced.trouble().get(), fenced.trouble().get().contains("not today"));
  }

  @Test
  public void whatEvenItsExceptionThrowsStaysBehindTheFence() {
    var nasty =
        new RuntimeException() {
          private static final long serialVersionUID = 1L;

          @Override
          public String getMessage() {
            throw this;
          }
        };
    Throwable said = failure(fenced(request -> failedFuture(nasty)));
    assertTrue(said.toString(), said.toString().startsWith("it could not decide: org.noports"));
  }

  @Test
  public void oneThatGivesNothingOrNamesNoRuleDecidesNothing() {
    assertEquals("it decided nothing", failure(fenced(request -> null)).toString());
    assertEquals(
        "it decided nothing", failure(fenced(request -> completedFuture(null))).toString());
    Throwable said =
        failure(fenced(request -> completedFuture(new Decision.Deny("x".repeat(201), "long"))));
    assertTrue(said.toString(), said.toString().startsWith("it named no rule"));
  }

  @Test
  public void oneThatHangsIsLateAndHoldsUpNobodyElse() throws Exception {
    FencedEvaluator hanging = fenced(request -> hang());
    FencedEvaluator beside =
        fenced(new PlugIn("com.example.other", "1", 1), request -> completedFuture(NO));
    CompletionStage<Decision> asked = hanging.decide(QUESTION);
    assertSame(NO, answer(beside));
    assertTrue(
        assertThrows(ExecutionException.class, () -> asked.toCompletableFuture().get()).getCause()
            instanceof TimeoutException);
    assertTrue(hanging.trouble().get(), hanging.trouble().get().contains("200 ms"));
  }

  @Test
  public void afterThreeThreadsThatDidNotComeBackItDeniesAndIsAskedNoMore() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    FencedEvaluator hanging =
        fenced(
            request -> {
              asked.incrementAndGet();
              return hang();
            });
    for (int i = 0; i < 3; i++) {
      assertTrue(failure(hanging) instanceof TimeoutException);
    }
    Decision no = answer(hanging);
    assertEquals(FencedEvaluator.QUARANTINED, ((Decision.Deny) no).rule());
    answer(hanging);
    assertEquals(3, asked.get());
    assertEquals(1, quarantined.size());
    assertTrue(quarantined.get(0), quarantined.get(0).contains("3 threads"));
    assertTrue(hanging.trouble().get(), hanging.trouble().get().contains("update the bundle"));
  }

  @Test
  public void threadsThatComeBackCountNoMore() throws Exception {
    Semaphore returns = new Semaphore(0);
    FencedEvaluator slow =
        fenced(
            request -> {
              returns.acquireUninterruptibly();
              return completedFuture(NO);
            });
    for (int i = 0; i < 9; i++) {
      CompletionStage<Decision> asked = slow.decide(QUESTION);
      assertThrows(ExecutionException.class, () -> asked.toCompletableFuture().get());
      returns.release();
      while (returns.availablePermits() > 0) {
        Thread.onSpinWait();
      }
    }
    assertEquals(List.of(), quarantined);
  }

  @Test
  public void oneThatFailsForLongIsOutAndOneThatFailsForAMomentIsNot() throws Exception {
    FencedEvaluator broken = fenced(request -> completedFuture(thrown()));
    for (int i = 0; i < 10; i++) {
      failure(broken);
    }
    assertEquals(List.of(), quarantined);
    nanos.addAndGet(LIMITS.misery().toNanos());
    failure(broken);
    assertEquals(1, quarantined.size());
    assertEquals(FencedEvaluator.QUARANTINED, answer(broken).rule());
  }

  @Test
  public void oneAnswerMakesUpForAllFailuresBeforeIt() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    FencedEvaluator moody =
        fenced(request -> completedFuture(asked.incrementAndGet() % 3 == 0 ? NO : thrown()));
    for (int i = 0; i < 5; i++) {
      failure(moody);
      failure(moody);
      nanos.addAndGet(LIMITS.misery().toNanos());
      assertSame(NO, answer(moody));
      assertEquals(Optional.empty(), moody.trouble());
    }
    assertEquals(List.of(), quarantined);
  }

  @Test
  public void oneThatSaysThatItCannotFindOutIsNeverOut() {
    FencedEvaluator asking =
        fenced(request -> failedFuture(new IllegalStateException("its service is away")));
    for (int i = 0; i < 20; i++) {
      failure(asking);
      nanos.addAndGet(LIMITS.misery().toNanos());
    }
    assertEquals(List.of(), quarantined);
    assertTrue(asking.trouble().get(), asking.trouble().get().contains("its service is away"));
  }

  @Test
  public void anUpdateIsAskedAgainAndARestartIsNot() throws Exception {
    FencedEvaluator first = fenced(request -> hang());
    for (int i = 0; i < 3; i++) {
      failure(first);
    }
    assertEquals(FencedEvaluator.QUARANTINED, answer(first).rule());
    first.close();
    FencedEvaluator restarted = fenced(request -> completedFuture(NO));
    assertEquals(FencedEvaluator.QUARANTINED, answer(restarted).rule());
    FencedEvaluator updated =
        fenced(new PlugIn("com.example.hours", "1.0.1", 2), request -> completedFuture(NO));
    assertSame(NO, answer(updated));
  }

  @Test
  public void whatWasAskedIsNotDecidedWhenItGoes() {
    FencedEvaluator leaving = fenced(request -> new CompletableFuture<>());
    CompletionStage<Decision> asked = leaving.decide(QUESTION);
    leaving.close();
    Throwable said =
        assertThrows(ExecutionException.class, () -> asked.toCompletableFuture().get()).getCause();
    assertEquals("it has gone meanwhile", said.toString());
    assertTrue(failure(leaving).toString().contains("it has gone"));
  }

  @Test
  public void whoAsksWhomItKnowsNeverRunsItsCode() throws Exception {
    Thread me = Thread.currentThread();
    FencedEvaluator fenced =
        fenced(
            new PolicyEvaluator() {
              @Override
              public CompletionStage<Decision> decide(AccessRequest request) {
                return completedFuture(NO);
              }

              @Override
              public boolean knows(AtSign client) {
                assertFalse("in the asking thread", me.equals(Thread.currentThread()));
                return client.equals(ALICE);
              }
            });
    assertFalse("before its first question", fenced.knows(ALICE));
    answer(fenced);
    assertTrue(fenced.knows(ALICE));
    assertFalse(fenced.knows(AtSign.of("@mallory")));
  }

  @Test
  public void itsChangesAreHeardAndAreNoneAnyMoreWhenItHasGone() throws Exception {
    CompletableFuture<Runnable> subscribed = new CompletableFuture<>();
    CountDownLatch closed = new CountDownLatch(1);
    FencedEvaluator fenced =
        fenced(
            new PolicyEvaluator() {
              @Override
              public CompletionStage<Decision> decide(AccessRequest request) {
                return completedFuture(NO);
              }

              @Override
              public Subscription onChange(Runnable changed) {
                subscribed.complete(changed);
                return closed::countDown;
              }
            });
    Semaphore heard = new Semaphore(0);
    fenced.onChange(heard::release);
    assertTrue("when it is there", heard.tryAcquire(30, TimeUnit.SECONDS));
    subscribed.get().run();
    assertTrue("when it says so", heard.tryAcquire(30, TimeUnit.SECONDS));
    fenced.close();
    assertTrue("it is left", closed.await(30, TimeUnit.SECONDS));
  }

  @Test
  public void aChangeThatItAnnouncesWhileItIsTooBusyToBeToldIsHeardOnceItIsNot() throws Exception {
    CountDownLatch refused = new CountDownLatch(1);
    CountDownLatch busy = new CountDownLatch(1);
    CompletableFuture<Runnable> subscribed = new CompletableFuture<>();
    threads =
        () ->
            new ThreadPoolExecutor(
                1,
                1,
                1,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(1),
                (task, pool) -> {
                  refused.countDown();
                  throw new RejectedExecutionException("full");
                });
    FencedEvaluator fenced =
        fenced(
            new PolicyEvaluator() {
              @Override
              public CompletionStage<Decision> decide(AccessRequest request) {
                busy.countDown();
                return hang();
              }

              @Override
              public Subscription onChange(Runnable changed) {
                subscribed.complete(changed);
                return () -> {};
              }
            });
    Semaphore heard = new Semaphore(0);
    fenced.onChange(heard::release);
    assertTrue("when it is there", heard.tryAcquire(30, TimeUnit.SECONDS));
    fenced.decide(QUESTION);
    assertTrue("its thread is out", busy.await(30, TimeUnit.SECONDS));
    fenced.decide(QUESTION);
    subscribed.get().run();
    assertTrue("there is no room", refused.await(30, TimeUnit.SECONDS));
    end.countDown();
    assertTrue("it is heard", heard.tryAcquire(30, TimeUnit.SECONDS));
  }
}
