package org.noports.relay.server;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.Test;
import org.noports.protocol.relay.EscrChallenge;
import org.noports.protocol.session.RelayAuthMode;

/** Who may wait at a port to be verified when all places are taken. */
public class PendingSocketsTest {
  private static final int PLACES = 4;

  private final PendingSockets pending = new PendingSockets();
  private final List<EmbeddedChannel> channels = new ArrayList<>();

  /** Whether a socket from there is taken in. */
  private boolean comes(String address) {
    EmbeddedChannel channel =
        new EmbeddedChannel() {
          @Override
          protected SocketAddress remoteAddress0() {
            return new InetSocketAddress(address, 1);
          }
        };
    channels.add(channel);
    return pending.add(new SocketAuthentication(new NoDoor()), channel, PLACES);
  }

  private List<Boolean> open() {
    return channels.stream().map(EmbeddedChannel::isOpen).toList();
  }

  /** No socket of this test gets as far as to ask for anything. */
  private static final class NoDoor implements Door {
    @Override
    public Optional<RelayAuthMode> mode() {
      return Optional.empty();
    }

    @Override
    public Duration patience() {
      return Duration.ZERO;
    }

    @Override
    public Duration detectWindow() {
      return Duration.ZERO;
    }

    @Override
    public RelayTimer.Alarm after(Duration delay, Runnable task) {
      return RelayTimer.Alarm.NONE;
    }

    @Override
    public EscrChallenge freshChallenge() {
      return EscrChallenge.of(new byte[32]);
    }

    @Override
    public CompletionStage<Entry> line(String said) {
      return new CompletableFuture<>();
    }

    @Override
    public CompletionStage<Entry> response(String said, EscrChallenge challenge) {
      return new CompletableFuture<>();
    }

    @Override
    public void refused(SocketAuthentication unverified, Channel channel, String reason) {}
  }

  @Test
  public void oneAddressMayHaveAllPlacesWhileNobodyElseComes() {
    for (int i = 0; i < PLACES; i++) {
      assertThat(comes("192.0.2.1"), is(true));
    }
    assertThat(comes("192.0.2.1"), is(false));
    assertThat(open(), is(List.of(true, true, true, true, true)));
  }

  @Test
  public void whoHoldsMostGivesItsOldestUpToOthersUntilAllHaveTheSame() {
    for (int i = 0; i < PLACES; i++) {
      comes("192.0.2.1");
    }
    assertThat(comes("192.0.2.2"), is(true));
    assertThat(open(), is(List.of(false, true, true, true, true)));
    assertThat(comes("192.0.2.2"), is(true));
    assertThat(comes("192.0.2.2"), is(false));
    assertThat(open(), is(List.of(false, false, true, true, true, true, true)));
    assertThat(comes("192.0.2.3"), is(true));
    assertThat("one of those with two", open().stream().filter(is -> !is).count(), is(3L));
    assertThat(pending.now().size(), is(PLACES));
  }

  @Test
  public void theAddressesOfOneIpv6NetworkShareWhatOneMachineMayHave() {
    for (int i = 1; i <= PLACES; i++) {
      comes("2001:db8::" + i);
    }
    assertThat(comes("2001:db8::99"), is(false));
    assertThat(comes("2001:db8:0:1::1"), is(true));
  }

  @Test
  public void aPlaceThatWasLeftIsFree() {
    for (int i = 0; i < PLACES; i++) {
      comes("192.0.2.1");
    }
    pending.remove(pending.now().get(0));
    assertThat(comes("192.0.2.1"), is(true));
  }
}
