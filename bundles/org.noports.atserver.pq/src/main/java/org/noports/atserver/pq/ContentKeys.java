package org.noports.atserver.pq;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.api.AtSign;
import org.noports.api.NoPortsException;
import org.noports.api.Secret;
import org.noports.api.atserver.Lifetime;
import org.noports.api.atserver.SealedValue;
import org.noports.api.atserver.ValueRecords;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.verb.AppMetadata;

/**
 * The content keys under which we write, each conveyed to its reader in a record before the first
 * value that names it. A key serves a week, and only while its reader publishes the key that it was
 * sealed to. Thread-safe.
 */
final class ContentKeys {
  private static final Duration SERVES = Duration.ofDays(7);
  private static final int MAX_READERS = 4096;

  /** As upstream has it: copies are good for ever, and go with the original. */
  private static final Lifetime CONVEYED = new Lifetime(Optional.empty(), Optional.of(-1), true);

  private final Seals seals;
  private final Map<String, Current> current = new LinkedHashMap<>(16, 0.75f, true);

  ContentKeys(Seals seals) {
    this.seals = requireNonNull(seals, "seals is null");
  }

  private record Current(String sealedTo, long nanoTime, CompletableFuture<ContentKey> key) {
    boolean serves(String kid) {
      return sealedTo.equals(kid)
          && !key.isCompletedExceptionally()
          && System.nanoTime() - nanoTime < SERVES.toNanos();
    }
  }

  /** The key for that reader; two who ask at once get the same. */
  synchronized CompletionStage<ContentKey> current(
      ValueRecords records, AtSign reader, PeerKeys.Found to) {
    String scope = records.self() + " " + reader + " " + to.namespace();
    String kid = to.key().kid();
    Current before = current.get(scope);
    if (before != null && before.serves(kid)) {
      return before.key;
    }
    if (current.size() >= MAX_READERS) {
      current.remove(current.keySet().iterator().next());
    }
    CompletableFuture<ContentKey> fresh = conveyed(records, reader, to);
    current.put(scope, new Current(kid, System.nanoTime(), fresh));
    return fresh;
  }

  private CompletableFuture<ContentKey> conveyed(
      ValueRecords records, AtSign reader, PeerKeys.Found to) {
    ContentKey key = ContentKey.fresh();
    try {
      SealedValue value = sealed(records.self(), key, to);
      String name = Profile.conveyance(key.kid(), to.namespace());
      return records
          .putSealed(name, reader, value, CONVEYED)
          .thenApply(
              stored -> {
                PqLog.conveyed(records.self(), reader, key.kid(), to);
                return key;
              })
          .toCompletableFuture();
    } catch (NoPortsException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private SealedValue sealed(AtSign writer, ContentKey key, PeerKeys.Found to)
      throws NoPortsException {
    Profile.Names names = to.key().names();
    byte[] info = Profile.info(writer, to.namespace());
    Secret secret = key.secret();
    byte[] seal = seals.seal(names.suite, to.key().publicKey(), info, secret);
    JsonObject said =
        JsonObject.builder()
            .put(AppMetadata.PROVIDER_ID, names.codec)
            .put("recipientKind", "nskey")
            .put("ckKid", key.kid())
            .put("nskeyKid", to.key().kid())
            .put("ns", to.namespace())
            .build();
    return new SealedValue(Base64.getEncoder().encodeToString(seal), said.toJson());
  }
}
