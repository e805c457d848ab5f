package org.noports.device;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.CompletionStage;
import org.noports.api.relay.OtherSide;

/** Asks a relay where the client of one connection comes from, once. */
final class AskRelay implements OtherSide {
  private static final SecureRandom RANDOM = new SecureRandom();

  /** 24 characters of base64: not to be guessed, and never the same twice. */
  private static final int NONCE_BYTES = 18;

  private final AdmitLink.Links links;
  private final String nonce;

  AskRelay(AdmitLink.Links links) {
    this.links = links;
    byte[] random = new byte[NONCE_BYTES];
    RANDOM.nextBytes(random);
    this.nonce = Base64.getUrlEncoder().encodeToString(random);
  }

  @Override
  public String nonce() {
    return nonce;
  }

  @Override
  public CompletionStage<Void> untold() {
    return links.untold();
  }

  @Override
  public CompletionStage<Void> told(String word) {
    return links.told(word, nonce);
  }
}
