package org.noports.device;

import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.CipherUnavailable;
import org.noports.protocol.np2.Np2Offer;
import org.noports.protocol.np2.PresentSuites;
import org.noports.protocol.session.NptRequest;

/**
 * Whether an offer of NP2 says the same as what carried it, and brings the nonce of our heartbeat:
 * whatever differs was changed, copied or taken away by somebody in between (docs/protocol/np2.md
 * 3); a step of {@link AdmitSession}, once the request's signature was verified.
 */
final class CheckOffer {
  private final Neighbours neighbours;
  private final DeviceNonces nonces;

  CheckOffer(Neighbours neighbours, DeviceNonces nonces) {
    this.neighbours = neighbours;
    this.nonces = nonces;
  }

  /** Passes a request without an offer, and any as long as we can do no NP2 ourselves. */
  Permitted check(Permitted request) throws Refusal, CipherUnavailable {
    Asked asked = request.asked();
    boolean able =
        asked.device().np2() && !PresentSuites.of(neighbours.ciphers()).suites().isEmpty();
    if (asked.offer().isPresent() && able) {
      check(asked, asked.offer().get());
    }
    return request;
  }

  private void check(Asked asked, Np2Offer offer) throws Refusal {
    NptRequest request = asked.request();
    same("from", offer.from(), asked.client());
    same("to", offer.to(), asked.device().address().atSign());
    same("device", offer.device(), asked.device().name());
    same("host", offer.host(), request.requestedHost());
    same("port", offer.port(), request.requestedPort());
    same("session", offer.session(), request.sessionId());
    Optional<AtSign> relay = request.relayAtSign();
    same("relay", Optional.of(offer.relay()), relay);
    if (offer.kind() == Np2Offer.Kind.SSH) {
      throw Refusal.otherwise("kind", "ssh", "npt_request");
    }
    if (offer.deviceNonce().filter(it -> nonces.accept(asked.client(), it)).isEmpty()) {
      throw Refusal.nonceMissing(asked.device().address());
    }
  }

  private static void same(String field, Object said, Object carried) throws Refusal {
    if (!said.equals(carried)) {
      throw Refusal.otherwise(field, said, carried);
    }
  }
}
