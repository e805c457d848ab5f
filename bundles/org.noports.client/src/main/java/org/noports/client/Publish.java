package org.noports.client;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.noports.api.AtSign;
import org.noports.protocol.relay.SigningKeyUri;

/**
 * Publishes the key that our answers to relays' challenges are signed with, once for each atSign
 * and key (docs/protocol/noports.md 4.2). Goes on while the relay is being asked.
 */
final class Publish {
  private final Map<AtSign, String> published = new ConcurrentHashMap<>();

  /** Whether relays can look the key up; never fails, since there is an older way. */
  CompletableFuture<Boolean> signingKey(Self self) {
    AtSign atSign = self.identity().atSign();
    String key = self.identity().authenticationPublicKey();
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
}
