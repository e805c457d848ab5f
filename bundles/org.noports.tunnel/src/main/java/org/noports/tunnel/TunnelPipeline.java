package org.noports.tunnel;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.util.Optional;
import java.util.Set;
import org.noports.api.cipher.Provider;

/**
 * The table of contents of the data path: which handlers a channel to the relay has. Everything on
 * the network's side of them is sealed, everything on our side is clear; who reads and writes clear
 * bytes (a splice to the application or to the service, the control channel, a stream for code in
 * this JVM) stands behind them.
 *
 * <pre>
 * the relay  →  [bytes read too early]  →  {@link OpenHandler}  →  splice, control channel or stream
 * the relay  ←                             {@link SealHandler}  ←  the same
 * </pre>
 */
final class TunnelPipeline {
  /** Who made the key streams of a channel. */
  private static final AttributeKey<Set<Provider>> PROVIDERS =
      AttributeKey.valueOf(TunnelPipeline.class, "providers");

  private TunnelPipeline() {}

  /** Who made the channel's key streams. Any thread. */
  static Set<Provider> providers(Channel relay) {
    return Optional.ofNullable(relay.attr(PROVIDERS).get()).orElse(Set.of());
  }

  /** Levels L0 and L1: a key stream for each direction, which the handlers own from now on. */
  static void seal(Channel relay, Directions keys, Meter meter) {
    relay.attr(PROVIDERS).set(keys.providers());
    relay
        .pipeline()
        .addLast(new OpenHandler(keys.opening(), meter), new SealHandler(keys.sealing(), meter));
  }
}
