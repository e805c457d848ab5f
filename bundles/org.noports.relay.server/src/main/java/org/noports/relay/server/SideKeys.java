package org.noports.relay.server;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.noports.api.AtServerUnavailable;
import org.noports.api.AtSign;
import org.noports.api.PeerUnverified;
import org.noports.api.ProtocolViolation;
import org.noports.api.ValueNotFound;
import org.noports.api.atserver.AtServerSession;
import org.noports.protocol.relay.SigningKeyRecord;
import org.noports.protocol.relay.SigningKeyUri;

/**
 * The public keys that one session's sockets are verified with, each fetched once; a look-up that
 * failed is tried again for the next socket. Used on the session's loop only.
 */
final class SideKeys {
  /** A side changes its key by a new enrollment; more than a few of these are an attack. */
  private static final int MOST_SIGNING_KEYS = 4;

  private final Supplier<Optional<AtServerSession>> atServer;
  private final Map<AtSign, CompletableFuture<String>> encryption = new HashMap<>();
  private final Map<SigningKeyUri, CompletableFuture<String>> signing = new HashMap<>();

  SideKeys(Supplier<Optional<AtServerSession>> atServer) {
    this.atServer = atServer;
  }

  /** The key that an atSign's signed line is verified with: base64 X.509. */
  CompletionStage<String> encryptionKey(AtSign owner) {
    return remembered(encryption, owner, session -> session.publicKeyOf(owner));
  }

  /** The keys that an atSign's answers to challenges are verified with. */
  CompletionStage<SigningKeyRecord> signingKeys(SigningKeyUri uri) {
    signing.values().removeIf(CompletableFuture::isCompletedExceptionally);
    if (!signing.containsKey(uri) && signing.size() >= MOST_SIGNING_KEYS) {
      return CompletableFuture.failedFuture(
          new PeerUnverified(
              "More than " + MOST_SIGNING_KEYS + " signing keys were used in one session"));
    }
    return remembered(signing, uri, session -> session.lookUpPublic(uri.name(), uri.owner()))
        .thenCompose(SideKeys::read);
  }

  /**
   * Those of both sides that will be needed; what cannot be had is asked for again by its socket.
   */
  void preFetch(List<String> uris, SessionTerms terms) {
    uris.stream()
        .flatMap(uri -> SigningKeyUri.find(uri).stream())
        .filter(uri -> uri.owner().equals(terms.client()) || uri.owner().equals(terms.device()))
        .forEach(this::signingKeys);
  }

  private static CompletionStage<SigningKeyRecord> read(String text) {
    try {
      return CompletableFuture.completedFuture(SigningKeyRecord.parse(text));
    } catch (ProtocolViolation e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * Looks up again the signing keys that sockets came in with. Completes with one that is gone or
   * another now; empty if all are there, or if their atServers cannot be asked.
   */
  CompletionStage<Optional<SigningKeyUri>> lostSigningKey() {
    Optional<AtServerSession> session = atServer.get();
    CompletableFuture<Optional<SigningKeyUri>> lost =
        CompletableFuture.completedFuture(Optional.empty());
    for (Map.Entry<SigningKeyUri, CompletableFuture<String>> known : signing.entrySet()) {
      if (session.isPresent()
          && known.getValue().isDone()
          && !known.getValue().isCompletedExceptionally()) {
        lost =
            lost.thenCombine(
                lost(session.get(), known.getKey(), known.getValue().join()), SideKeys::either);
      }
    }
    return lost;
  }

  private static CompletionStage<Optional<SigningKeyUri>> lost(
      AtServerSession session, SigningKeyUri uri, String known) {
    return session
        .lookUpPublic(uri.name(), uri.owner())
        .handle(
            (now, failure) ->
                failure == null ? !now.equals(known) : Causes.of(failure) instanceof ValueNotFound)
        .thenApply(gone -> gone ? Optional.of(uri) : Optional.empty());
  }

  private static <T> Optional<T> either(Optional<T> one, Optional<T> other) {
    return one.isPresent() ? one : other;
  }

  private <K> CompletableFuture<String> remembered(
      Map<K, CompletableFuture<String>> keys, K key, KeyLookUp lookUp) {
    CompletableFuture<String> known = keys.get(key);
    if (known != null && !known.isCompletedExceptionally()) {
      return known;
    }
    CompletableFuture<String> fetched =
        atServer
            .get()
            .map(session -> lookUp.from(session).toCompletableFuture())
            .orElseGet(
                () ->
                    CompletableFuture.failedFuture(
                        new AtServerUnavailable(
                            "The relay is not connected to its atServer; try again later")));
    keys.put(key, fetched);
    return fetched;
  }

  /** How one key is fetched. */
  @FunctionalInterface
  private interface KeyLookUp {
    CompletionStage<String> from(AtServerSession session);
  }
}
