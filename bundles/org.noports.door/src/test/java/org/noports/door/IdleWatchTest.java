package org.noports.door;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Test;

public class IdleWatchTest {
  @Test
  public void anUnusedInstanceIsEndedOnce() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    IdleWatch watch = new IdleWatch(() -> Duration.ofMillis(40), () -> false, ended::countDown);
    assertTrue(ended.await(60, TimeUnit.SECONDS));
    watch.close();
  }

  @Test
  public void useKeepsItUpUntilItEnds() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    CountDownLatch ended = new CountDownLatch(1);
    IdleWatch watch =
        new IdleWatch(
            () -> Duration.ofMillis(40), () -> looks.incrementAndGet() <= 20, ended::countDown);
    assertTrue(ended.await(60, TimeUnit.SECONDS));
    assertTrue("it looked " + looks + " times", looks.get() > 20);
    watch.close();
  }

  @Test
  public void aClosedWatchEndsNothing() throws Exception {
    CountDownLatch looked = new CountDownLatch(2);
    CountDownLatch ended = new CountDownLatch(1);
    IdleWatch watch =
        new IdleWatch(
            () -> Duration.ofMillis(40),
            () -> {
              looked.countDown();
              return true;
            },
            ended::countDown);
    assertTrue(looked.await(60, TimeUnit.SECONDS));
    watch.close();
    assertFalse(ended.await(100, TimeUnit.MILLISECONDS));
    assertEquals(1, ended.getCount());
  }
}
