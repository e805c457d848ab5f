package org.noports.relay.server;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.noports.api.CipherUnavailable;
import org.noports.api.NoPortsException;
import org.noports.api.PeerUnverified;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.cipher.KeyStream;
import org.noports.api.cipher.SignatureAlgorithm;
import org.noports.api.cipher.StreamCipher;
import org.noports.api.relay.RelaySide;
import org.noports.protocol.relay.EscrChallenge;
import org.noports.protocol.relay.EscrLine;
import org.noports.protocol.relay.EscrResponse;
import org.noports.protocol.relay.SigningKeyRecord;
import org.noports.protocol.relay.SigningKeyUri;
import org.noports.protocol.session.SignedEnvelope;

/**
 * Whether what a socket said proves that it is its side's atSign (docs/protocol/noports.md 4.1 and
 * 4.2). Stages fail with a {@link NoPortsException} that says why not.
 */
final class SideVerifier {
  private final SessionTerms terms;
  private final RelaySide side;
  private final SideKeys keys;
  private final Supplier<Optional<CipherCatalogue>> catalogue;
  private final Function<String, Optional<TellSighting>> sightings;
  private volatile Optional<String> believed = Optional.empty();

  /**
   * @param sightings what a socket of this side is told that brings a nonce for it
   */
  SideVerifier(
      SessionTerms terms,
      RelaySide side,
      SideKeys keys,
      Supplier<Optional<CipherCatalogue>> catalogue,
      Function<String, Optional<TellSighting>> sightings) {
    this.terms = terms;
    this.side = side;
    this.keys = keys;
    this.catalogue = catalogue;
    this.sightings = sightings;
  }

  /**
   * The older form: a signed line, by the atSign's encryption key. Every socket of a side sends the
   * same one, and its signature is no truer the second time.
   */
  CompletionStage<Void> line(String text) {
    if (believed.filter(text::equals).isPresent()) {
      return CompletableFuture.completedFuture(null);
    }
    try {
      SignedEnvelope envelope = terms.line().check(text);
      return keys.encryptionKey(terms.atSign(side))
          .thenAccept(
              key -> {
                requireSigned(
                    SignatureAlgorithm.RSA_2048_SHA_256,
                    key,
                    envelope.signedBytes(),
                    envelope.signatureBytes());
                believed = Optional.of(text);
              });
    } catch (NoPortsException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  static EscrChallenge challenge(SecureRandom random) {
    byte[] bytes = new byte[EscrChallenge.BYTES];
    random.nextBytes(bytes);
    return EscrChallenge.of(bytes);
  }

  /** The side that an answer is for, as it says itself: believed only once it is verified. */
  RelaySide sideOf(String text, EscrChallenge challenge) throws NoPortsException {
    return open(EscrLine.parse(text)).check(terms.id(), challenge);
  }

  /**
   * The newer form: an answer to our challenge, by the atSign's authentication key; what its sender
   * wants to be told, and will be.
   */
  CompletionStage<Optional<TellSighting>> response(String text, EscrChallenge challenge) {
    try {
      EscrResponse response = open(EscrLine.parse(text));
      if (response.check(terms.id(), challenge) != side) {
        throw new PeerUnverified("The answer is for the other side's port");
      }
      return keys.signingKeys(signingKey(response))
          .thenApply(
              record -> {
                requireSigned(record, response);
                return response.nonce().flatMap(sightings);
              });
    } catch (NoPortsException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private EscrResponse open(EscrLine line) throws NoPortsException {
    if (terms.relayKey().isEmpty()) {
      throw new PeerUnverified("A challenge was answered in a session that has no key for it");
    }
    StreamCipher cipher = present().streamCipher(StreamCipher.AES_256_CTR);
    try (KeyStream stream = cipher.start(terms.relayKey().get(), line.iv())) {
      return line.open((iv, hidden) -> apply(stream, hidden));
    }
  }

  private static byte[] apply(KeyStream stream, byte[] hidden) {
    byte[] clear = new byte[hidden.length];
    stream.apply(ByteBuffer.wrap(hidden), ByteBuffer.wrap(clear));
    return clear;
  }

  private SigningKeyUri signingKey(EscrResponse response) throws PeerUnverified {
    return response
        .signingKey()
        .filter(uri -> uri.owner().equals(terms.atSign(side)))
        .orElseThrow(
            () ->
                new PeerUnverified(
                    "The answer names a signing key that is no active key of "
                        + terms.atSign(side)));
  }

  private void requireSigned(SigningKeyRecord record, EscrResponse response) {
    try {
      SigningKeyRecord.Key key = record.find(response.signingAlgo(), response.kid());
      String algorithm =
          key.algorithm().equals(SigningKeyRecord.RSA)
              ? SignatureAlgorithm.RSA_2048_SHA_256
              : SignatureAlgorithm.ML_DSA_65;
      requireSigned(algorithm, key.text(), response.signedBytes(), response.signatureBytes());
    } catch (PeerUnverified e) {
      throw new CompletionException(e);
    }
  }

  private void requireSigned(String algorithm, String key, byte[] message, byte[] signature) {
    try {
      if (!present().signature(algorithm).verifies(key, message, signature)) {
        throw new CompletionException(
            new PeerUnverified("The signature is not by " + terms.atSign(side)));
      }
    } catch (CipherUnavailable e) {
      throw new CompletionException(e);
    }
  }

  private CipherCatalogue present() throws CipherUnavailable {
    return catalogue
        .get()
        .orElseThrow(
            () ->
                new CipherUnavailable(
                    "The relay has no cipher catalogue: start org.noports.cipher.catalogue"));
  }
}
