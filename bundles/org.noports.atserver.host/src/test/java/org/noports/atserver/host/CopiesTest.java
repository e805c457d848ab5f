package org.noports.atserver.host;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.Assert.assertEquals;
import static org.noports.atserver.host.TestHost.ALICE;
import static org.noports.atserver.host.TestHost.BOB;

import java.time.Duration;
import java.time.Instant;
import org.junit.Rule;
import org.junit.Test;
import org.noports.testkit.TestClock;

/** What an atServer keeps of other atSigns' values, and how it follows them (atprotocol.md 4.2). */
public class CopiesTest {
  private final TestClock clock = new TestClock(Instant.parse("2030-01-01T00:00:00Z"));

  @Rule public final TestHost host = new TestHost(new FakeAtStore(clock));

  @Test
  public void aChangedValueReplacesItsReadersCopy() {
    Line bob = host.owner(BOB);
    Line alice = host.owner(ALICE);
    bob.data("update:ttr:-1:@alice:x.ns@bob old");
    TestHost.await(() -> "old".equals(copy(alice)));
    bob.data("update:@alice:x.ns@bob new");
    TestHost.await(() -> "new".equals(copy(alice)));
  }

  @Test
  public void whatIsSaidAnewOfAValueIsSaidOfItsReadersCopy() {
    Line bob = host.owner(BOB);
    Line alice = host.owner(ALICE);
    bob.data("update:ttr:-1:@alice:x.ns@bob v");
    TestHost.await(() -> "v".equals(copy(alice)));
    bob.data("update:meta:@alice:x.ns@bob:encAlgo:new");
    TestHost.await(
        () -> alice.data("llookup:meta:cached:@alice:x.ns@bob").contains("\"encAlgo\":\"new\""));
    assertEquals("v", copy(alice));
  }

  @Test
  public void aDeletedValueTakesItsCopyAlongOnlyIfItsOwnerSaidSo() {
    Line bob = host.owner(BOB);
    Line alice = host.owner(ALICE);
    bob.data("update:ttr:-1:ccd:true:@alice:x.ns@bob 1");
    bob.data("update:ttr:-1:@alice:y.ns@bob 1");
    TestHost.await(() -> alice.data("scan").contains("cached:@alice:y.ns@bob"));
    bob.data("delete:@alice:y.ns@bob");
    bob.data("delete:@alice:x.ns@bob");
    TestHost.await(() -> !alice.data("scan").contains("cached:@alice:x.ns@bob"));
    assertThat(alice.data("scan"), containsString("cached:@alice:y.ns@bob"));
  }

  @Test
  public void aCopyGoesWhenItsOriginalTurnsOutToBeGone() {
    host.restart("autoNotify", false);
    Line bob = host.owner(BOB);
    Line alice = host.owner(ALICE);
    bob.data("update:ttr:-1:@alice:x.ns@bob v");
    assertEquals("v", alice.data("lookup:x.ns@bob"));
    bob.data("delete:@alice:x.ns@bob");
    assertEquals("v", alice.data("lookup:x.ns@bob"));
    alice.send("lookup:bypassCache:true:x.ns@bob");
    assertThat(alice.read(), containsString("error:AT0015-key not found : "));
    TestHost.await(() -> copy(alice).isEmpty());
  }

  @Test
  public void aCopyThatIsOutOfDateIsFetchedAnewOnceInAWhile() {
    host.restart("autoNotify", false);
    host.restart("copyRefreshSeconds", 1);
    Line bob = host.owner(BOB);
    Line alice = host.owner(ALICE);
    bob.data("update:ttr:10:@alice:x.ns@bob old");
    bob.data("update:ttr:-1:@alice:kept.ns@bob old");
    assertEquals("old", alice.data("lookup:x.ns@bob"));
    assertEquals("old", alice.data("lookup:kept.ns@bob"));
    bob.data("update:@alice:x.ns@bob new");
    bob.data("update:@alice:kept.ns@bob new");
    clock.advance(Duration.ofSeconds(11));
    TestHost.await(() -> "new".equals(copy(alice)));
    assertEquals("old", alice.data("llookup:cached:@alice:kept.ns@bob"));
  }

  @Test
  public void aPeersNewPublicKeySetsTheSharedKeyAside() {
    Line bob = host.owner(BOB);
    Line alice = host.owner(ALICE);
    alice.data("update:shared_key.bob@alice secret");
    alice.data("plookup:publickey@bob");
    alice.data("plookup:bypassCache:true:publickey@bob");
    assertEquals("secret", alice.data("llookup:shared_key.bob@alice"));
    bob.data("update:public:publickey@bob another");
    assertEquals("another", alice.data("plookup:bypassCache:true:publickey@bob"));
    TestHost.await(() -> alice.data("scan").contains("shared_key.bob.until."));
    assertThat(alice.data("scan"), not(containsString("shared_key.bob@alice")));
    assertThat(
        alice.data("scan shared_key"),
        matchesPattern("\\[\"shared_key\\.bob\\.until\\.\\d+@alice\"]"));
    assertEquals("another", alice.data("plookup:publickey@bob"));
  }

  private static String copy(Line alice) {
    alice.send("llookup:cached:@alice:x.ns@bob");
    String heard = alice.read();
    return heard.startsWith("data:") ? heard.substring(5, heard.indexOf('\n')) : "";
  }
}
