package org.noports.relay.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.noports.api.AtSign;
import org.noports.api.relay.RelaySide;
import org.noports.protocol.relay.Sighting;

/**
 * What one device's socket is to be told of the client's that it is joined with
 * (docs/protocol/noports.md 4.9).
 *
 * @param signing signs it
 * @param relay who says so
 * @param terms of which session
 * @param nonce of which socket of the device's
 */
record TellSighting(Signing signing, AtSign relay, SessionTerms terms, String nonce) {
  /** What a socket of {@code side} is told that brings a nonce: a client's nothing. */
  static Function<String, Optional<TellSighting>> to(
      RelaySide side, Signing signing, RelaySettings settings, SessionTerms terms) {
    return nonce ->
        side == RelaySide.DEVICE && settings.tellAddresses() && signing.isPossible()
            ? Optional.of(new TellSighting(signing, settings.atSign(), terms, nonce))
            : Optional.empty();
  }

  /**
   * The line for the device, made beside the loops.
   *
   * @param proven whether the client's socket has shown whose it is
   */
  CompletionStage<ByteBuf> line(Channel client, boolean proven) {
    Optional<InetAddress> address =
        proven && client.remoteAddress() instanceof InetSocketAddress from
            ? Optional.of(from.getAddress())
            : Optional.empty();
    Sighting seen = new Sighting(relay, terms.id(), terms.client(), nonce, address);
    return signing
        .with(relay, self -> seen.sign(self::signAsEncryption))
        .thenApply(text -> Unpooled.wrappedBuffer((text + "\n").getBytes(UTF_8)));
  }
}
