package org.noports.atserver;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.noports.api.AtSign;
import org.noports.api.ProtocolViolation;
import org.noports.api.ValueNotFound;
import org.noports.api.atserver.Lifetime;
import org.noports.api.atserver.SealedValue;
import org.noports.api.atserver.ValueRecords;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.key.AtKey;
import org.noports.protocol.verb.AppMetadata;
import org.noports.protocol.verb.Detail;
import org.noports.protocol.verb.Lookup;
import org.noports.protocol.verb.MetadataChange;
import org.noports.protocol.verb.MetadataField;
import org.noports.protocol.verb.PublicLookup;
import org.noports.protocol.verb.Update;

/**
 * Values as they are stored, for {@link Values} and for codecs, which carry their keys in records
 * of their own. Thread-safe; completes on the loop.
 */
final class Records implements ValueRecords {
  private final Commands commands;
  private final LookupLinks lookups;
  private final Executor loop;

  Records(Commands commands, LookupLinks lookups, Executor loop) {
    this.commands = requireNonNull(commands, "commands is null");
    this.lookups = requireNonNull(lookups, "lookups is null");
    this.loop = requireNonNull(loop, "loop is null");
  }

  @Override
  public AtSign self() {
    return commands.self();
  }

  private <T> CompletableFuture<T> onLoop(Supplier<CompletableFuture<T>> work) {
    return CompletableFuture.supplyAsync(work, loop).thenCompose(result -> result);
  }

  @Override
  public CompletableFuture<String> lookUpPublic(String name, AtSign owner) {
    String what = "look up public '" + name + "' of " + owner;
    return onLoop(
            () ->
                lookups
                    .leastBusy()
                    .data(
                        new PublicLookup(true, Detail.ALL, name, owner), what, Optional.of(owner)))
        .thenApply(answer -> present(what, owner, stored(what, answer), true));
  }

  /** What {@code owner} stored for us, with its metadata; it has not expired. */
  CompletableFuture<StoredValue> lookUp(String name, AtSign owner) {
    String what = "look up '" + name + "' of " + owner;
    return onLoop(
            () ->
                lookups
                    .leastBusy()
                    .data(new Lookup(false, Detail.ALL, name, owner), what, Optional.of(owner)))
        .thenApply(
            answer -> {
              StoredValue value = stored(what, answer);
              present(what, owner, value, false);
              return value;
            });
  }

  @Override
  public CompletableFuture<SealedValue> lookUpSealed(String name, AtSign owner) {
    return lookUp(name, owner).thenApply(value -> sealed(name, owner, value));
  }

  private static SealedValue sealed(String name, AtSign owner, StoredValue value) {
    try {
      JsonObject said =
          AppMetadata.of(value.metadata())
              .orElseThrow(
                  () -> new ProtocolViolation("'" + name + "' of " + owner + " has no codec"));
      return new SealedValue(value.text().orElse(""), said.toJson());
    } catch (ProtocolViolation e) {
      throw new CompletionException(e);
    }
  }

  private static StoredValue stored(String what, String answer) {
    try {
      return StoredValue.parse("the answer to '" + what + "'", answer);
    } catch (ProtocolViolation e) {
      throw new CompletionException(e);
    }
  }

  private static String present(String what, AtSign owner, StoredValue value, boolean decode) {
    try {
      Optional<String> text = decode ? value.decoded(what) : value.text();
      return text.orElseThrow(
          () -> new ValueNotFound("Could not " + what + ": " + owner + " had one, it has expired"));
    } catch (ProtocolViolation | ValueNotFound e) {
      throw new CompletionException(e);
    }
  }

  @Override
  public CompletableFuture<Void> putSealed(
      String name, AtSign reader, SealedValue value, Lifetime lifetime) {
    AtKey key = AtKey.shared(reader, name, commands.self());
    return update(key, lived(encrypted(value), lifetime), value.text());
  }

  /** What a reader needs to find the codec that decrypts a value. */
  static MetadataChange encrypted(SealedValue value) {
    return MetadataChange.NONE
        .with(MetadataField.IS_ENCRYPTED, true)
        .with(MetadataField.APP_METADATA, AppMetadata.encode(value.appMetadata()));
  }

  static MetadataChange lived(MetadataChange metadata, Lifetime lifetime) {
    MetadataChange result = metadata;
    if (lifetime.ttl().isPresent()) {
      result = result.with(MetadataField.TTL, lifetime.ttl().get().toMillis());
    }
    if (lifetime.ttrSeconds().isPresent()) {
      result = result.with(MetadataField.TTR, lifetime.ttrSeconds().get());
    }
    return lifetime.cascadeDelete() ? result.with(MetadataField.CCD, true) : result;
  }

  CompletableFuture<Void> update(AtKey key, MetadataChange metadata, String value) {
    return commands
        .data(new Update(key, metadata, value), "store '" + key + "'", Optional.empty())
        .thenApply(commit -> null);
  }
}
