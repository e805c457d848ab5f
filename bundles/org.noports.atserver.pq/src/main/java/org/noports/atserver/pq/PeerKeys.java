package org.noports.atserver.pq;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.noports.api.AtSign;
import org.noports.api.NoPortsException;
import org.noports.api.PeerUnverified;
import org.noports.api.ProtocolViolation;
import org.noports.api.ValueNotFound;
import org.noports.api.atserver.ValueRecords;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.relay.SigningKeyRecord;
import org.noports.protocol.relay.SigningKeyUri;

/**
 * The keys that readers publish, verified by the signing keys that they publish: found at the
 * narrowest namespace that has one, remembered for a quarter of an hour. That there is none is
 * never remembered.
 */
final class PeerKeys {
  private static final Duration KEPT = Duration.ofMinutes(15);
  private static final int MAX_KEPT = 4096;

  private final CipherCatalogue ciphers;
  private final Map<String, Kept> kept = new ConcurrentHashMap<>();

  PeerKeys(CipherCatalogue ciphers) {
    this.ciphers = requireNonNull(ciphers, "ciphers is null");
  }

  /**
   * A key to seal to.
   *
   * @param namespace where it was found
   * @param key the one that we prefer
   */
  record Found(String namespace, Advertisement.Key key) {}

  private record Kept(Found found, long nanoTime) {
    boolean fresh() {
      return System.nanoTime() - nanoTime < KEPT.toNanos();
    }
  }

  /**
   * The key for a value of that name; empty if the reader publishes none. Fails if that cannot be
   * found out, or if what is published is not to be trusted.
   */
  CompletionStage<Optional<Found>> find(ValueRecords records, AtSign reader, String name) {
    List<String> levels = Profile.namespaces(name);
    return levels.isEmpty()
        ? CompletableFuture.completedFuture(Optional.empty())
        : find(records, reader, levels);
  }

  private CompletionStage<Optional<Found>> find(
      ValueRecords records, AtSign reader, List<String> levels) {
    String scope = reader + " " + levels.get(0);
    Kept before = kept.get(scope);
    if (before != null && before.fresh()) {
      return CompletableFuture.completedFuture(Optional.of(before.found));
    }
    return walk(records, reader, levels)
        .thenApply(
            found -> {
              found.ifPresent(each -> keep(scope, each));
              return found;
            });
  }

  private void keep(String scope, Found found) {
    if (kept.size() >= MAX_KEPT) {
      kept.clear();
    }
    kept.put(scope, new Kept(found, System.nanoTime()));
  }

  private CompletionStage<Optional<Found>> walk(
      ValueRecords records, AtSign reader, List<String> levels) {
    if (levels.isEmpty()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    String namespace = levels.get(0);
    return published(records, reader, namespace)
        .thenCompose(
            keys ->
                keys.isPresent()
                    ? CompletableFuture.completedFuture(
                        keys.map(each -> new Found(namespace, each.keys().get(0))))
                    : walk(records, reader, levels.subList(1, levels.size())));
  }

  /** What an atSign publishes for exactly that namespace. */
  CompletionStage<Optional<Advertisement>> published(
      ValueRecords records, AtSign owner, String namespace) {
    String name = Profile.keyRecord(namespace);
    return records
        .lookUpPublic(name, owner)
        .thenApply(Optional::of)
        .exceptionallyCompose(PeerKeys::absent)
        .thenCompose(
            text ->
                text.isPresent()
                    ? verified(records, owner, name, text.get())
                    : CompletableFuture.completedFuture(Optional.empty()));
  }

  private static CompletionStage<Optional<String>> absent(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof ValueNotFound
        ? CompletableFuture.completedFuture(Optional.empty())
        : CompletableFuture.failedFuture(cause);
  }

  private CompletionStage<Optional<Advertisement>> verified(
      ValueRecords records, AtSign owner, String name, String text) {
    try {
      SignedDocument document = SignedDocument.parse(Profile.KEY_RING, text);
      SigningKeyUri signer = SigningKeyUri.of(document.enrollment(), owner);
      return records
          .lookUpPublic(signer.name(), owner)
          .thenApply(record -> Optional.of(trusted(owner, name, document, record)));
    } catch (ProtocolViolation e) {
      return CompletableFuture.failedFuture(named(owner, name, e));
    }
  }

  private Advertisement trusted(AtSign owner, String name, SignedDocument document, String record) {
    try {
      JsonObject payload = document.verified(SigningKeyRecord.parse(record), ciphers);
      return Advertisement.parse(payload);
    } catch (ProtocolViolation e) {
      throw new CompletionException(named(owner, name, e));
    } catch (NoPortsException e) {
      throw new CompletionException(
          new PeerUnverified(
              "Nothing is sealed to '" + name + "' of " + owner + ": " + e.getMessage(), e));
    }
  }

  private static ProtocolViolation named(AtSign owner, String name, ProtocolViolation e) {
    return new ProtocolViolation(
        "Nothing is sealed to '" + name + "' of " + owner + ": " + e.getMessage(), e);
  }
}
