package org.noports.atserver;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.noports.api.AtSign;
import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;
import org.noports.api.RequirementUnmet;
import org.noports.api.atserver.SealedValue;
import org.noports.api.atserver.ValueAddress;
import org.noports.api.atserver.ValueCodec;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.verb.AppMetadata;
import org.noports.protocol.verb.Metadata;

/**
 * Which codec reads a value, and which one writes it: the one is said by the value, the other by
 * the settings, so that both change independently (docs/protocol/atprotocol.md 7.1). Used on the
 * loop only.
 */
final class Codecs {
  private final Surroundings surroundings;
  private final Records records;
  private final Executor loop;

  Codecs(Surroundings surroundings, Records records, Executor loop) {
    this.surroundings = requireNonNull(surroundings, "surroundings is null");
    this.records = requireNonNull(records, "records is null");
    this.loop = requireNonNull(loop, "loop is null");
  }

  /**
   * The value as it travels; empty if it is to be encrypted as for every client.
   *
   * @param strict a codec that is set must not decline
   */
  CompletableFuture<Optional<SealedValue>> seal(
      AtSign reader, String name, String clear, boolean strict) {
    Optional<String> id = surroundings.settings().sendCodec();
    if (id.isEmpty()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    Optional<ValueCodec> codec = surroundings.codecs().find(id.get());
    if (codec.isEmpty()) {
      return CompletableFuture.failedFuture(
          new CipherUnavailable(
              "Nothing is sent to "
                  + reader
                  + ": 'sendCodec' says "
                  + id.get()
                  + ", and no bundle here has it; start noports-atserver-pq, or empty sendCodec in"
                  + " org.noports.atserver.cfg"));
    }
    ValueAddress address = new ValueAddress(records.self(), reader, name);
    return onLoop(codec.get().seal(records, address, clear))
        .thenApply(value -> strict ? required(id.get(), address, value) : value);
  }

  private static Optional<SealedValue> required(
      String id, ValueAddress address, Optional<SealedValue> value) {
    if (value.isEmpty()) {
      throw new CompletionException(
          new RequirementUnmet(
              "'"
                  + address.name()
                  + "' is not sent to "
                  + address.reader()
                  + ": pq-secrecy is required here, and "
                  + id
                  + " (sendCodec in org.noports.atserver.cfg) has no key there to seal it to; have"
                  + " "
                  + address.reader()
                  + " publish one, or require less"));
    }
    return value;
  }

  /** The clear text that a codec finds; empty if the value says that none is needed. */
  Optional<CompletableFuture<String>> open(
      AtSign from, String name, String value, Metadata metadata) {
    try {
      Optional<JsonObject> said = AppMetadata.of(metadata);
      Optional<String> id =
          said.isPresent() ? said.get().text(AppMetadata.PROVIDER_ID) : Optional.empty();
      if (id.isEmpty() || id.get().equals(AppMetadata.LEGACY)) {
        return Optional.empty();
      }
      ValueCodec codec = reading(id.get(), from, name);
      ValueAddress address = new ValueAddress(from, records.self(), name);
      SealedValue sealed = new SealedValue(value, said.get().toJson());
      return Optional.of(onLoop(codec.open(records, address, sealed)));
    } catch (ProtocolViolation | CipherUnavailable e) {
      return Optional.of(CompletableFuture.failedFuture(e));
    }
  }

  private ValueCodec reading(String id, AtSign from, String name) throws CipherUnavailable {
    return surroundings
        .codecs()
        .find(id)
        .orElseThrow(
            () ->
                new CipherUnavailable(
                    "'"
                        + name
                        + "' of "
                        + from
                        + " is encrypted by '"
                        + id
                        + "', and no bundle here reads that: start noports-atserver-pq if it is one"
                        + " of upstream's"));
  }

  private <T> CompletableFuture<T> onLoop(CompletionStage<T> stage) {
    return stage.toCompletableFuture().thenApplyAsync(result -> result, loop);
  }
}
