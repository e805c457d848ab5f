package org.noports.atserver.host;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.Assert.assertEquals;
import static org.noports.atserver.host.TestHost.ALICE;
import static org.noports.atserver.host.TestHost.BOB;

import java.time.Duration;
import java.time.Instant;
import org.junit.Rule;
import org.junit.Test;
import org.noports.testkit.TestClock;

/** Values come, go and are fetched anew to the millisecond of the store's clock. */
public class TimesTest {
  private final TestClock clock = new TestClock(Instant.parse("2030-01-01T00:00:00Z"));

  @Rule public final TestHost host = new TestHost(new FakeAtStore(clock));

  @Test
  public void aValueWithATtlIsThereUntilItIsOver() {
    Line alice = host.owner(ALICE);
    alice.data("update:ttl:1000:x.ns@alice 1");
    clock.advance(Duration.ofMillis(999));
    assertEquals("1", alice.data("llookup:x.ns@alice"));
    assertThat(alice.data("scan"), containsString("x.ns@alice"));
    clock.advance(Duration.ofMillis(1));
    assertEquals("null", alice.data("llookup:x.ns@alice"));
    assertEquals("null", alice.data("llookup:all:x.ns@alice"));
    assertThat(alice.data("scan"), not(containsString("x.ns@alice")));
    alice.data("update:x.ns@alice 2");
    assertThat(alice.data("llookup:meta:x.ns@alice"), containsString("\"version\":0"));
  }

  @Test
  public void aValueWithATtbIsThereFromItsTimeOn() {
    Line alice = host.owner(ALICE);
    alice.data("update:ttb:1000:ttl:500:public:x.ns@alice 1");
    clock.advance(Duration.ofMillis(999));
    assertEquals("null", alice.data("llookup:public:x.ns@alice"));
    assertEquals("null", host.stranger(ALICE).data("lookup:x.ns@alice"));
    clock.advance(Duration.ofMillis(1));
    assertEquals("1", host.stranger(ALICE).data("lookup:x.ns@alice"));
    clock.advance(Duration.ofMillis(499));
    assertEquals("1", alice.data("llookup:public:x.ns@alice"));
    clock.advance(Duration.ofMillis(1));
    assertEquals("null", alice.data("llookup:public:x.ns@alice"));
  }

  @Test
  public void aValueThatCannotBeSeenYetCanBeChanged() {
    Line alice = host.owner(ALICE);
    alice.data("update:ttb:1000:x.ns@alice 1");
    alice.data("update:x.ns@alice 2");
    clock.advance(Duration.ofMillis(1000));
    assertEquals("2", alice.data("llookup:x.ns@alice"));
    assertThat(alice.data("llookup:meta:x.ns@alice"), containsString("\"version\":1"));
  }

  @Test
  public void aCopyIsGoodForItsTtrAndNoLonger() {
    host.restart("autoNotify", false);
    Line bob = host.owner(BOB);
    Line alice = host.owner(ALICE);
    bob.data("update:ttr:10:@alice:x.ns@bob old");
    assertEquals("old", alice.data("lookup:x.ns@bob"));
    bob.data("update:@alice:x.ns@bob new");
    clock.advance(Duration.ofSeconds(10));
    assertEquals("old", alice.data("lookup:x.ns@bob"));
    assertEquals("new", alice.data("lookup:bypassCache:true:x.ns@bob"));
    bob.data("update:@alice:x.ns@bob newer");
    clock.advance(Duration.ofMillis(10_001));
    assertEquals("newer", alice.data("lookup:x.ns@bob"));
  }

  @Test
  public void aCopyWithATtrOfMinusOneIsGoodForEver() {
    host.restart("autoNotify", false);
    Line bob = host.owner(BOB);
    Line alice = host.owner(ALICE);
    bob.data("update:ttr:-1:@alice:x.ns@bob old");
    assertEquals("old", alice.data("lookup:x.ns@bob"));
    bob.data("update:@alice:x.ns@bob new");
    clock.advance(Duration.ofDays(1000));
    assertEquals("old", alice.data("lookup:x.ns@bob"));
  }

  @Test
  public void aValueWithoutATtrIsNotCopied() {
    host.restart("autoNotify", false);
    Line bob = host.owner(BOB);
    Line alice = host.owner(ALICE);
    bob.data("update:@alice:x.ns@bob old");
    assertEquals("old", alice.data("lookup:x.ns@bob"));
    bob.data("update:@alice:x.ns@bob new");
    assertEquals("new", alice.data("lookup:x.ns@bob"));
    assertThat(alice.data("scan"), not(containsString("cached:")));
  }

  @Test
  public void anUnreadNotificationIsGoneAfterItsTtln() {
    Line alice = host.owner(ALICE);
    alice.data("notify:id:n-1:ttln:1000:@alice:x.ns@alice:1");
    clock.advance(Duration.ofMillis(999));
    assertThat(alice.data("notify:list"), containsString("n-1"));
    clock.advance(Duration.ofMillis(1));
    assertEquals("null", alice.data("notify:list"));
  }
}
