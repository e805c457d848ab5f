package org.noports.protocol.np2;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.noports.api.ProtocolViolation;
import org.noports.api.tunnel.Suite;
import org.noports.protocol.json.JsonObject;

/**
 * What a device that can do NP2 says in the signed payload of every session response, in the field
 * {@code np2}, also when it answers at L1: that it can, and what it was asked (docs/protocol/np2.md
 * 4). By this mark a client finds out that its offer was taken away.
 *
 * @param suites what the device can do now, best first
 * @param requestHash SHA-256 of the request's payload as received, base64
 * @param chosen what was agreed; empty if the session is not NP2's
 */
public record Np2Answer(List<Suite> suites, String requestHash, Optional<Chosen> chosen) {
  private static final int HASH_LENGTH = 32;

  /**
   * The device's half of the handshake.
   *
   * @param suite one that both have
   * @param encapsulated for the client's public key of its key agreement, base64
   * @param nonce 32 fresh bytes, base64
   * @param rule the policy rule that permitted the session, for the receipt
   * @param providers what computes the suite there: bundles, for the receipt
   */
  public record Chosen(
      Suite suite, String encapsulated, String nonce, String rule, String providers) {
    public Chosen {
      requireNonNull(suite, "suite is null");
      requireNonNull(encapsulated, "encapsulated is null");
      requireNonNull(nonce, "nonce is null");
      rule = Np2Bytes.ascii(rule);
      providers = Np2Bytes.ascii(providers);
    }
  }

  public Np2Answer {
    suites = List.copyOf(suites);
    requireNonNull(requestHash, "requestHash is null");
    requireNonNull(chosen, "chosen is null");
  }

  /**
   * Reads the answer in a response's payload; empty if there is none of a version known here.
   *
   * @throws ProtocolViolation if there is one that cannot be read
   */
  public static Optional<Np2Answer> of(JsonObject payload) throws ProtocolViolation {
    Optional<JsonObject> json = payload.object(Np2Offer.FIELD);
    if (json.isEmpty() || !Np2Offer.speaks(json.get())) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Np2Answer(
              Np2Offer.suites(json.get()),
              Np2Bytes.require(json.get(), "request", HASH_LENGTH),
              chosen(json.get())));
    } catch (IllegalArgumentException e) {
      throw new ProtocolViolation("np2: " + e.getMessage(), e);
    }
  }

  private static Optional<Chosen> chosen(JsonObject json) throws ProtocolViolation {
    Optional<String> suite = json.text("suite");
    return suite.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Chosen(
                Suite.of(suite.get()),
                Np2Bytes.require(json, "encapsulated"),
                Np2Bytes.require(json, "nonce", Np2Offer.NONCE_LENGTH),
                json.text("rule").orElse(""),
                json.text("providers").orElse("")));
  }

  /** The object as it travels. */
  public JsonObject toJson() {
    JsonObject.Builder json =
        JsonObject.builder()
            .put("versions", Integer.toString(Np2Offer.VERSION))
            .put("suites", Np2Bytes.list(suites))
            .put("request", requestHash);
    chosen.ifPresent(
        half ->
            json.put("suite", half.suite().toString())
                .put("encapsulated", half.encapsulated())
                .put("nonce", half.nonce())
                .put("rule", half.rule())
                .put("providers", half.providers()));
    return json.build();
  }
}
