package org.noports.atserver.host;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.noports.api.AtSign;

/** Thousands of atSigns in one process, most of them asleep. */
public class ManyAtSignsTest {
  private static final int MANY = 10_000;
  private static final AtSign ONE = AtSign.of("@many4711");

  private final FakeAtStore store = new FakeAtStore();
  @Rule public final TestHost host = new TestHost(store);

  @Before
  public void provisionMany() throws Exception {
    host.stop();
    for (int i = 0; i < MANY; i++) {
      store.create(AtSign.of("@many" + i));
    }
    Founding keys =
        new Founding.WithKeys(Keys.AUTHENTICATION.publicKey(), Keys.ENCRYPTION.publicKey());
    Founding.write(keys, store.create(ONE).toCompletableFuture().getNow(null));
    host.settings.with("domain", Settings.DOMAIN).with("sharedPort", 0).with("register", false);
  }

  @Test
  public void aStartMakesNoKeyAndTouchesNothingThatSleeps() {
    int threads = Thread.activeCount();
    long before = store.work.get();
    host.start();
    assertThat(host.host.all().size(), greaterThan(MANY));
    // A key that is made is stored, and a courier that is made claims.
    assertThat(store.work.get() - before, equalTo(0L));
    int perProcessor = Runtime.getRuntime().availableProcessors();
    assertThat(Thread.activeCount() - threads, lessThanOrEqualTo(8 + perProcessor));
    host.owner(ONE);
    assertThat(store.work.get() - before, lessThan(10L));
  }
}
