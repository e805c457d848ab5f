package com.example.hours;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.noports.testkit.Stages.value;

import java.lang.annotation.Annotation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Test;
import org.noports.api.health.Health;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Decision;
import org.noports.api.policy.PolicyEvaluator;
import org.noports.api.policy.RequestKind;
import org.noports.testkit.TestClock;
import org.noports.testkit.policy.PolicyEvaluatorContract;

/** What is asked of every evaluator, and when this one says no. */
public class BusinessHoursTest extends PolicyEvaluatorContract {
  /** A Friday. */
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private final TestClock clock = new TestClock(NOON);
  private final BusinessHours hours = new BusinessHours(clock);

  @After
  public void stop() {
    hours.stop();
  }

  @Override
  protected PolicyEvaluator evaluator() {
    configure("mon,tue,wed,thu,fri", "08:00", "18:00", "Europe/Berlin");
    return hours;
  }

  private void configure(String days, String from, String to, String zone) {
    hours.configure(
        new BusinessHours.Config() {
          @Override
          public String days() {
            return days;
          }

          @Override
          public String from() {
            return from;
          }

          @Override
          public String to() {
            return to;
          }

          @Override
          public String zone() {
            return zone;
          }

          @Override
          public Class<? extends Annotation> annotationType() {
            return BusinessHours.Config.class;
          }
        });
  }

  private String at(String instant) {
    AccessRequest question = question("localhost:22");
    Decision decision =
        value(hours.decide(question.under(question.circumstances().when(Instant.parse(instant)))));
    return decision instanceof Decision.Deny ? "closed" : "open";
  }

  @Test
  public void theClockOnTheWallDecidesInSummerAndInWinter() {
    evaluator();
    assertEquals("closed", at("2026-11-20T06:59:59Z"));
    assertEquals("open", at("2026-11-20T07:00:00Z"));
    assertEquals("open", at("2026-11-20T16:59:59Z"));
    assertEquals("closed", at("2026-11-20T17:00:00Z"));
    assertEquals("open", at("2026-07-17T06:00:00Z"));
    assertEquals("closed", at("2026-07-17T16:00:00Z"));
    assertEquals("closed on Saturdays", "closed", at("2026-11-21T12:00:00Z"));
  }

  @Test
  public void hoursPastMidnightBelongToTheDayOnWhichTheyBegan() {
    configure("fri", "22:00", "06:00", "UTC");
    assertEquals("closed", at("2026-11-20T05:00:00Z"));
    assertEquals("open", at("2026-11-20T23:00:00Z"));
    assertEquals("open", at("2026-11-21T05:59:59Z"));
    assertEquals("closed", at("2026-11-21T06:00:00Z"));
    assertEquals("closed", at("2026-11-21T22:00:00Z"));
  }

  @Test
  public void aDayMayBeOpenFromMidnightToMidnight() {
    configure("fri", "00:00", "24:00", "UTC");
    assertEquals("open", at("2026-11-20T00:00:00Z"));
    assertEquals("open", at("2026-11-20T23:59:59Z"));
    assertEquals("closed", at("2026-11-21T00:00:00Z"));
  }

  @Test
  public void whoAsksWhetherTheDeviceIsThereIsLeftToOthers() {
    configure("", "00:00", "24:00", "UTC");
    AccessRequest like = question("localhost:22");
    AccessRequest ping =
        new AccessRequest(
            like.client(),
            like.device(),
            like.deviceGroup(),
            RequestKind.PING,
            Optional.empty(),
            like.circumstances());
    assertTrue(value(hours.decide(ping)) instanceof Decision.Abstain);
  }

  @Test
  public void withoutADayItIsNeverOpen() {
    configure("", "00:00", "24:00", "UTC");
    assertEquals("closed", at("2026-11-20T12:00:00Z"));
  }

  @Test
  public void whatCannotBeReadIsClosedAndShown() {
    configure("fri,someday", "08:00", "18:00", "UTC");
    assertEquals("closed", at("2026-11-20T12:00:00Z"));
    assertEquals(Health.Status.DOWN, hours.check().status());
    assertTrue(hours.check().message(), hours.check().message().contains("'someday'"));
    configure("fri", "8 o'clock", "18:00", "UTC");
    assertEquals("closed", at("2026-11-20T12:00:00Z"));
    configure("fri", "08:00", "18:00", "Atlantis");
    assertEquals("closed", at("2026-11-20T12:00:00Z"));
    configure("fri", "08:00", "18:00", "UTC");
    assertEquals("open", at("2026-11-20T12:00:00Z"));
    assertEquals(Health.Status.OK, hours.check().status());
  }

  @Test
  public void itSaysSoWhenItIsConfiguredAndWhenTheHoursEnd() throws Exception {
    evaluator();
    Semaphore heard = new Semaphore(0);
    hours.onChange(heard::release);
    evaluator();
    assertTrue("configured", heard.tryAcquire(30, TimeUnit.SECONDS));
    clock.advance(Duration.ofHours(6));
    assertTrue("they have ended", heard.tryAcquire(30, TimeUnit.SECONDS));
  }
}
