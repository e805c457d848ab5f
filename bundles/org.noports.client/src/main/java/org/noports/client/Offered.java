package org.noports.client;

import java.util.Map;
import java.util.Optional;
import org.noports.api.cipher.KeyShare;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.np2.Np2Offer;
import org.noports.protocol.np2.Np2Signing;

/**
 * What was offered, and the private halves of the shares in it; they serve this request alone.
 *
 * @param signing what it says of signatures
 * @param shares by the name of the key agreement
 */
record Offered(Np2Offer offer, Np2Signing signing, Map<String, KeyShare> shares)
    implements AutoCloseable {
  Offered {
    shares = Map.copyOf(shares);
  }

  Optional<KeyShare> share(String agreement) {
    return Optional.ofNullable(shares.get(agreement));
  }

  /** As it travels. */
  JsonObject toJson() {
    return signing.into(offer.toJson());
  }

  /** Wipes all shares, also those that were not used. */
  @Override
  public void close() {
    shares.values().forEach(KeyShare::close);
  }
}
