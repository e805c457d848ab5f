package org.noports.tunnel;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.Test;
import org.noports.api.Subscription;
import org.noports.api.tunnel.Suite;
import org.noports.api.tunnel.SuiteAlgorithms;
import org.noports.api.tunnel.Suites;
import org.noports.tunnel.link.JdkAlgorithms;

public class FreshKeysTest {
  private static final Suite AES = Suite.X25519_AES_256_GCM;
  private static final Suite CHACHA = Suite.X25519_CHACHA20_POLY1305;

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final Present suites = new Present();
  private final List<Suite> offered = new ArrayList<>();

  /** What is here, as the test says. */
  private static final class Present implements Suites {
    private final List<Runnable> listeners = new ArrayList<>();
    private List<Suite> here = List.of(AES, CHACHA);

    @Override
    public List<Suite> usable() {
      return here;
    }

    @Override
    public Optional<SuiteAlgorithms> algorithms(Suite suite) {
      return here.contains(suite) ? JdkAlgorithms.BOTH.algorithms(suite) : Optional.empty();
    }

    @Override
    public Subscription onChange(Runnable changed) {
      listeners.add(changed);
      return () -> listeners.remove(changed);
    }

    void become(Suite... present) {
      here = List.of(present);
      List.copyOf(listeners).forEach(Runnable::run);
    }
  }

  private FreshKeys begin() {
    channel.freezeTime();
    return new FreshKeys(channel.eventLoop(), suites, best -> offered.add(best.suite()));
  }

  private void pass(long millis) {
    channel.runPendingTasks();
    channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
  }

  @Test
  public void oneOfferFollowsManyChanges() {
    begin();
    suites.become(AES);
    pass(200);
    suites.become();
    pass(200);
    suites.become(CHACHA);
    pass(249);
    assertThat(offered, empty());
    pass(1);
    assertThat(offered, contains(CHACHA));
    suites.become(AES, CHACHA);
    pass(250);
    assertThat(offered, contains(CHACHA, AES));
  }

  @Test
  public void nothingIsOfferedWhileNothingIsHereOrWhenTheLinkIsGone() {
    FreshKeys fresh = begin();
    suites.become();
    pass(1000);
    suites.become(AES);
    channel.runPendingTasks();
    fresh.close();
    pass(1000);
    suites.become(CHACHA);
    pass(1000);
    assertThat(offered, empty());
    assertThat(suites.listeners, empty());
  }
}
