package org.noports.atserver;

import static java.util.Objects.requireNonNull;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.noports.api.AtSign;
import org.noports.api.IdentityUnusable;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.api.identity.Identity;
import org.noports.protocol.key.AtKey;
import org.noports.protocol.verb.Detail;
import org.noports.protocol.verb.LocalLookup;
import org.noports.protocol.verb.MetadataChange;
import org.noports.protocol.verb.MetadataField;
import org.noports.protocol.verb.PublicLookup;
import org.noports.protocol.verb.Response;
import org.noports.protocol.verb.Update;

/**
 * The AES keys under which we write to others, one for each reader: found at our atServer or made
 * there (docs/protocol/atprotocol.md 7). Used on the loop only.
 */
final class SharedKeys {
  /** How long a reader's public key is taken for unchanged. */
  private static final Duration TRUSTED_FOR = Duration.ofMinutes(10);

  /** How long readers' atServers may keep a copy, as the reference has it: 45 days. */
  private static final long COPY_SECONDS = 3_888_000;

  private static final int MAX_READERS = 4096;

  private final Commands commands;
  private final LookupLinks lookups;
  private final Map<AtSign, Known> known = new HashMap<>();

  SharedKeys(Commands commands, LookupLinks lookups) {
    this.commands = requireNonNull(commands, "commands is null");
    this.lookups = requireNonNull(lookups, "lookups is null");
  }

  /**
   * A key that we share with a reader.
   *
   * @param key AES-256
   * @param publicKey the reader's, as it publishes it
   * @param wrapped the key, wrapped for it
   */
  record SharedKey(Secret key, String publicKey, String wrapped) {
    String checksum() {
      return KeyWrapping.checksum(publicKey);
    }
  }

  /** What we hold for a reader; past its time it says which key it was, and is asked for anew. */
  private record Known(long untilNanoTime, CompletableFuture<SharedKey> key) {
    boolean usable() {
      return !key.isCompletedExceptionally() && System.nanoTime() - untilNanoTime < 0;
    }

    Known outOfTime() {
      return new Known(System.nanoTime(), key);
    }

    Optional<SharedKey> value() {
      boolean done = key.isDone() && !key.isCompletedExceptionally();
      return done ? Optional.of(key.join()) : Optional.empty();
    }
  }

  /** The key for {@code reader}; two who ask at once get the same. */
  CompletableFuture<SharedKey> forReader(AtSign reader) {
    Known before = known.get(reader);
    if (before != null && before.usable()) {
      return before.key;
    }
    if (known.size() >= MAX_READERS) {
      known.clear();
    }
    CompletableFuture<SharedKey> fresh =
        before == null || before.value().isEmpty()
            ? firstFound(reader)
            : publicKey(reader).thenCompose(now -> renewed(reader, now, before.value().get()));
    known.put(reader, new Known(System.nanoTime() + TRUSTED_FOR.toNanos(), fresh));
    return fresh;
  }

  /** The public key that {@code atSign} publishes now; a change makes its shared key void. */
  CompletableFuture<String> publicKey(AtSign atSign) {
    return lookups
        .leastBusy()
        .data(
            new PublicLookup(true, Detail.VALUE, "publickey", atSign),
            "look up the public key of " + atSign,
            Optional.of(atSign))
        .thenApply(
            publicKey -> {
              noticeChange(atSign, publicKey);
              return publicKey;
            });
  }

  private void noticeChange(AtSign atSign, String publicKey) {
    Known held = known.get(atSign);
    if (held != null) {
      held.value()
          .filter(shared -> !shared.publicKey.equals(publicKey))
          .ifPresent(changed -> known.put(atSign, held.outOfTime()));
    }
  }

  private CompletableFuture<SharedKey> renewed(AtSign reader, String publicKey, SharedKey old) {
    return old.publicKey.equals(publicKey)
        ? CompletableFuture.completedFuture(old)
        : create(reader, publicKey);
  }

  /** Asks both atServers at once: ours for the key, the reader's for its public key. */
  private CompletableFuture<SharedKey> firstFound(AtSign reader) {
    CompletableFuture<Commands.Answered> own =
        commands.ask(new LocalLookup(Detail.VALUE, ownCopy(reader)));
    return publicKey(reader)
        .thenCompose(publicKey -> own.thenCompose(answered -> found(answered, reader, publicKey)));
  }

  private CompletableFuture<SharedKey> found(
      Commands.Answered answered, AtSign reader, String publicKey) {
    if (answered.response() instanceof Response.Data data && !data.equals(Response.Data.NULL)) {
      try {
        Secret key = KeyWrapping.unwrap(data.text(), answered.over().identity());
        return CompletableFuture.completedFuture(shared(reader, key, publicKey));
      } catch (IdentityUnusable e) {
        // Wrapped for keys that we had before: nobody can read it any more.
        AtServerLog.sharedKeyRenewed(commands.self(), reader);
      }
    }
    return create(reader, publicKey);
  }

  private CompletableFuture<SharedKey> create(AtSign reader, String publicKey) {
    return commands
        .opened()
        .thenCompose(
            over -> {
              SharedKey fresh = shared(reader, ValueCipher.freshKey(), publicKey);
              String own = ownWrapped(fresh.key, over.identity());
              return store(ownCopy(reader), MetadataChange.NONE, own)
                  .thenCompose(stored -> storeForReader(reader, fresh.wrapped))
                  .thenApply(stored -> fresh);
            });
  }

  private CompletableFuture<String> storeForReader(AtSign reader, String wrapped) {
    AtKey key = AtKey.shared(reader, "shared_key", commands.self());
    return store(key, MetadataChange.NONE.with(MetadataField.TTR, COPY_SECONDS), wrapped);
  }

  private CompletableFuture<String> store(AtKey key, MetadataChange metadata, String value) {
    return commands.data(new Update(key, metadata, value), "store '" + key + "'", Optional.empty());
  }

  private AtKey ownCopy(AtSign reader) {
    return AtKey.self("shared_key." + reader.bare(), commands.self());
  }

  private static String ownWrapped(Secret key, Identity identity) {
    try {
      return KeyWrapping.wrap(key, identity.encryptionPublicKey());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Our own public key was checked when it was read", e);
    }
  }

  private static SharedKey shared(AtSign reader, Secret key, String publicKey) {
    try {
      return new SharedKey(key, publicKey, KeyWrapping.wrap(key, publicKey));
    } catch (GeneralSecurityException e) {
      throw new CompletionException(
          new ProtocolViolation(
              "The public key that "
                  + reader
                  + " publishes is no RSA key ("
                  + e.getMessage()
                  + "): nothing can be sent to "
                  + reader
                  + " until its owner mends that",
              e));
    }
  }
}
