package org.noports.client;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.noports.api.CipherUnavailable;
import org.noports.api.DowngradeDetected;
import org.noports.api.RequirementUnmet;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.cipher.KeyShare;
import org.noports.api.policy.Requirement;
import org.noports.api.session.TunnelRequest;
import org.noports.api.tunnel.Level;
import org.noports.api.tunnel.Suite;
import org.noports.protocol.np2.Np2Offer;
import org.noports.protocol.np2.PresentSuites;

/**
 * Offers NP2 with all that is present here now, whatever the device's unsigned heartbeat said
 * (docs/protocol/np2.md 3).
 */
final class OfferNp2 {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Neighbours neighbours;

  OfferNp2(Neighbours neighbours) {
    this.neighbours = neighbours;
  }

  /** The offer, which the attempt owns; empty if NP2 is switched off or nothing for it is here. */
  Optional<Offered> offer(
      Attempt attempt, Agreement agreement, Optional<Np2Offer.Resumption> resumption)
      throws CipherUnavailable, DowngradeDetected, RequirementUnmet {
    CipherCatalogue ciphers = neighbours.ciphers();
    PresentSuites here = PresentSuites.of(ciphers);
    List<Suite> suites = suites(attempt, here);
    if (!attempt.settings().np2() || suites.isEmpty()) {
      return nothing(attempt, agreement);
    }
    Map<String, KeyShare> shares = new LinkedHashMap<>();
    Map<String, String> keys = new LinkedHashMap<>();
    for (Suite suite : suites) {
      String agreed = suite.keyAgreement();
      if (!shares.containsKey(agreed)) {
        KeyShare share = attempt.owns(ciphers.keyAgreement(agreed).generate());
        shares.put(agreed, share);
        keys.put(agreed, Base64.getEncoder().encodeToString(share.publicKey()));
      }
    }
    TunnelRequest request = attempt.request();
    Np2Offer offer =
        new Np2Offer(
            request.from(),
            request.device().atSign(),
            request.device().name(),
            resumption.isPresent() ? Np2Offer.Kind.RESUME : Np2Offer.Kind.NPT,
            request.target().wireHost(),
            request.target().wirePort(),
            agreement.ticket().relay(),
            attempt.id(),
            nonce(),
            agreement.device().np2Nonce().filter(OfferNp2::isNonce),
            suites,
            keys,
            here.providers(),
            resumption);
    return Optional.of(new Offered(offer, Signatures.says(neighbours, attempt, agreement), shares));
  }

  /** Those that are as secret as it is required. */
  private static List<Suite> suites(Attempt attempt, PresentSuites here) throws RequirementUnmet {
    Requirement require = attempt.settings().require();
    List<Suite> suites =
        here.suites().stream().filter(suite -> require.permits(suite.level())).toList();
    if (require.secrecy() && suites.isEmpty()) {
      throw MeetRequirement.nothingToOffer(attempt, here.suites());
    }
    return suites;
  }

  private static Optional<Offered> nothing(Attempt attempt, Agreement agreement)
      throws DowngradeDetected {
    if (agreement.met().lowest().compareTo(Level.L2) >= 0) {
      throw new DowngradeDetected(
          attempt.request().device()
              + " is known here as one of level "
              + agreement.met().lowest()
              + " or better, and this client can do no NP2 now: install org.noports.cipher.modern,"
              + " or set np2 = true in etc/org.noports.client.cfg");
    }
    return Optional.empty();
  }

  private static String nonce() {
    byte[] bytes = new byte[Np2Offer.NONCE_LENGTH];
    RANDOM.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** What is none is left out: the device that gave one will say that it is missing. */
  private static boolean isNonce(String hint) {
    try {
      return Base64.getDecoder().decode(hint).length == Np2Offer.NONCE_LENGTH;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
