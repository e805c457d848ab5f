package org.noports.client;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.noports.api.AtSign;
import org.noports.api.identity.SigningKey;
import org.noports.protocol.np2.Np2SignRecord;
import org.noports.protocol.relay.SigningKeyUri;

/**
 * Publishes the keys that our answers to relays' challenges and our requests are signed with, once
 * for each atSign and key (docs/protocol/noports.md 4.2, np2.md 11): a client has one of it, so
 * that no session that goes on needs what was published when it was opened to be published again.
 * Goes on while the relay is being asked.
 */
final class Publish {
  private final Map<AtSign, String> published = new ConcurrentHashMap<>();
  private final Map<AtSign, String> beside = new ConcurrentHashMap<>();

  /** Whether relays can look the key up; never fails, since there is an older way. */
  CompletableFuture<Boolean> signingKey(Self self) {
    AtSign atSign = self.identity().atSign();
    String key = self.identity().signingKeyRecord();
    if (key.equals(published.get(atSign))) {
      return CompletableFuture.completedFuture(true);
    }
    String name = SigningKeyUri.of(self.identity().enrollmentId(), atSign).name();
    return self.post()
        .putPublic(name, key)
        .toCompletableFuture()
        .thenApply(
            done -> {
              published.put(atSign, key);
              return true;
            })
        .exceptionally(
            failure -> {
              ClientLog.notPublished(atSign, Step.cause(failure));
              return false;
            });
  }

  /** The ML-DSA-65 key that our requests may be signed with: one that devices can look up. */
  CompletableFuture<Optional<SigningKey>> besideKey(Self self) {
    AtSign atSign = self.identity().atSign();
    Optional<SigningKey> key = self.identity().signingKey();
    if (key.isEmpty() || key.get().publicKey().equals(beside.get(atSign))) {
      return CompletableFuture.completedFuture(key);
    }
    Np2SignRecord sealed = Np2SignRecord.of(self.identity(), key.get());
    return self.post()
        .putPublic(sealed.name(), sealed.signedBy(self.identity()))
        .toCompletableFuture()
        .thenApply(
            done -> {
              beside.put(atSign, key.get().publicKey());
              return key;
            })
        .exceptionally(
            failure -> {
              ClientLog.notPublished(atSign, Step.cause(failure));
              return Optional.empty();
            });
  }
}
