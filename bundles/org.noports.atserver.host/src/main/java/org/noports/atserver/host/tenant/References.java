package org.noports.atserver.host.tenant;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.api.AtSign;
import org.noports.api.ProtocolViolation;
import org.noports.atserver.host.record.AtRecord;
import org.noports.atserver.host.record.Records;
import org.noports.protocol.key.AtKey;
import org.noports.protocol.key.KeyKind;

/**
 * Values that stand for another value: {@code atsign://key@owner}. Whoever may look up the one is
 * shown the other, since its owner has said so (docs/protocol/atprotocol.md 3.12).
 */
public final class References {
  private static final String MARK = "atsign://";

  /** A reference to a reference, and so on; beyond, the reference itself is the value. */
  private static final int DEPTH = 3;

  private final AtSign self;
  private final Records records;
  private final RemoteValues remote;

  public References(AtSign self, Records records, RemoteValues remote) {
    this.self = requireNonNull(self, "self is null");
    this.records = requireNonNull(records, "records is null");
    this.remote = requireNonNull(remote, "remote is null");
  }

  /** The record with what its value stands for; empty if that is not there. */
  public CompletionStage<Optional<AtRecord>> resolve(AtRecord record) {
    return resolved(record.value(), DEPTH)
        .thenApply(
            value ->
                value.map(
                    text -> new AtRecord(record.key(), text, record.metadata(), record.version())));
  }

  private CompletionStage<Optional<String>> resolved(String value, int depth) {
    String text = value.strip();
    if (depth == 0 || !text.startsWith(MARK)) {
      return CompletableFuture.completedFuture(Optional.of(value));
    }
    return target(text.substring(MARK.length()))
        .thenCompose(
            found ->
                found.isEmpty()
                    ? CompletableFuture.completedFuture(Optional.empty())
                    : resolved(found.get(), depth - 1));
  }

  /**
   * A key without a reader is a public one. Nobody reaches by reference what no verb shows: keys of
   * the atServer itself.
   */
  private CompletionStage<Optional<String>> target(String text) {
    CompletionStage<Optional<String>> none = CompletableFuture.completedFuture(Optional.empty());
    try {
      AtKey key = AtKey.parse(text);
      boolean bare = key.kind() == KeyKind.SELF && key.sharedWith().isEmpty();
      boolean readable = bare || key.kind() == KeyKind.PUBLIC || key.kind() == KeyKind.SHARED;
      if (!readable || key.cached() || key.reserved()) {
        return none;
      }
      AtSign owner = key.owner().orElseThrow();
      AtKey meant = bare ? AtKey.publicKey(key.name(), owner) : key;
      return owner.equals(self)
          ? records.get(meant.toString()).thenApply(found -> found.map(AtRecord::value))
          : elsewhere(meant, owner);
    } catch (ProtocolViolation e) {
      // The owner's slip: it refers to nothing.
      return none;
    }
  }

  private CompletionStage<Optional<String>> elsewhere(AtKey key, AtSign owner) {
    CompletionStage<AtRecord> value =
        key.kind() == KeyKind.SHARED && key.sharedWith().equals(Optional.of(self))
            ? remote.sharedValue(key.name(), owner, false)
            : remote.publicValue(key.name(), owner, false);
    return value.handle(
        (record, failure) -> failure == null ? Optional.of(record.value()) : Optional.empty());
  }
}
