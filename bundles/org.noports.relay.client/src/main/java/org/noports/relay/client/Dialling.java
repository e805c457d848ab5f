package org.noports.relay.client;

import static java.util.Objects.requireNonNull;

import io.netty.channel.Channel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.noports.api.HostPort;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.network.OutgoingProxy;
import org.noports.api.relay.RelayCredential;
import org.noports.transport.EventLoops;
import org.noports.transport.WayOut;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * What all transports of this bundle dial with: the I/O threads, the way out of this machine, and
 * the ciphers that are there for answers to challenges. Thread-safe.
 */
@Component(service = Dialling.class)
public final class Dialling {
  private static final int SHORTEST_MILLIS = 100;
  private static final int LONGEST_MILLIS = 60_000;

  private final WayOut wayOut = new WayOut();
  private final EventLoops loops = EventLoops.start("noports-dial", 0, wayOut);
  private volatile Optional<CipherCatalogue> catalogue = Optional.empty();

  @Activate
  public Dialling() {}

  @Deactivate
  void stop() {
    loops.close();
  }

  /** From dialling a relay's port to being let in; fails with what is wrong. */
  static Duration timeout(RelayDialer.Config config) {
    int millis = config.timeoutMillis();
    if (millis < SHORTEST_MILLIS || millis > LONGEST_MILLIS) {
      throw new IllegalArgumentException(
          "timeoutMillis = " + millis + " is not between 100 and 60000 milliseconds");
    }
    return Duration.ofMillis(millis);
  }

  /** A connection; see {@link EventLoops#dial(HostPort, Duration)}. */
  CompletableFuture<Channel> dial(HostPort address, Duration within) {
    return loops.dial(address, within);
  }

  /** An attempt to be let in at {@code door}. */
  RelayLogin login(HostPort door, RelayCredential credential, Duration within) {
    requireNonNull(credential, "credential is null");
    return new RelayLogin(door, credential, within, () -> catalogue);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindCatalogue(CipherCatalogue service) {
    catalogue = Optional.of(service);
  }

  void unbindCatalogue(CipherCatalogue service) {
    if (catalogue.equals(Optional.of(service))) {
      catalogue = Optional.empty();
    }
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindProxy(OutgoingProxy service) {
    wayOut.come(service);
  }

  void unbindProxy(OutgoingProxy service) {
    wayOut.go(service);
  }
}
