package org.noports.relay.server;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.transport.Pace;

public class QuotasTest {
  private static final AtSign CLIENT = AtSign.of("@client");
  private static final long MILLION = 1_000_000;

  private final AtomicLong nanoTime = new AtomicLong(5);
  private long bytesPerSecond = MILLION;
  private final Quotas quotas =
      new Quotas(() -> new RelaySettings.Limits(1, 1, 2, 1, 2, 10, bytesPerSecond), nanoTime::get);

  private static long millis(long nanos) {
    return Duration.ofNanos(nanos).toMillis();
  }

  @Test
  public void aQuarterOfASecondsBytesPassAndWhatIsMoreWaits() {
    Pace pace = quotas.paceOf(CLIENT);
    assertEquals(0, pace.moved(MILLION / 4));
    assertEquals(1000, millis(pace.moved(MILLION)));
    nanoTime.addAndGet(Duration.ofSeconds(2).toNanos());
    assertEquals(0, pace.moved(MILLION / 4));
  }

  @Test
  public void allSessionsOfAClientShareAndOthersAreNotTouched() {
    quotas.paceOf(CLIENT).moved(MILLION);
    assertEquals(1000, millis(quotas.paceOf(CLIENT).moved(MILLION / 4)));
    assertEquals(0, quotas.paceOf(AtSign.of("@other")).moved(MILLION / 4));
  }

  @Test
  public void aChangedLimitGoesForASessionThatRuns() {
    Pace pace = quotas.paceOf(CLIENT);
    bytesPerSecond = 0;
    assertEquals(0, pace.moved(100 * MILLION));
    bytesPerSecond = 10;
    assertEquals(9750, millis(pace.moved(100)));
  }

  @Test
  public void anAddressMayOpenSoManyConnectionsInASecondAndAnotherOneToo() {
    InetSocketAddress busy = new InetSocketAddress("192.0.2.1", 1);
    for (int i = 0; i < 10; i++) {
      assertTrue(quotas.mayCome(busy));
    }
    assertFalse(quotas.mayCome(new InetSocketAddress("192.0.2.1", 2)));
    assertTrue(quotas.mayCome(new InetSocketAddress("192.0.2.2", 1)));
    nanoTime.addAndGet(Duration.ofMillis(100).toNanos());
    assertTrue(quotas.mayCome(busy));
    assertFalse(quotas.mayCome(busy));
  }

  @Test
  public void allAddressesOfAnIpv6NetworkAreOneMachine() {
    for (int i = 0; i < 10; i++) {
      assertTrue(quotas.mayCome(new InetSocketAddress("2001:db8:0:7::" + i, 1)));
    }
    assertFalse(quotas.mayCome(new InetSocketAddress("2001:db8:0:7:1234::1", 1)));
    assertTrue(quotas.mayCome(new InetSocketAddress("2001:db8:0:8::1", 1)));
  }

  @Test
  public void whoEndsItsLastSessionStillOwesWhatItTook() {
    quotas.paceOf(CLIENT).moved(2 * MILLION);
    quotas.forgetPaid();
    assertEquals(2000, millis(quotas.paceOf(CLIENT).moved(MILLION / 4)));
  }
}
