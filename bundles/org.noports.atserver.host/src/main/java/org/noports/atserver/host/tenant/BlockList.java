package org.noports.atserver.host.tenant;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.noports.api.AtSign;
import org.noports.api.ProtocolViolation;
import org.noports.atserver.host.record.AtRecord;
import org.noports.atserver.host.record.CommitOp;
import org.noports.atserver.host.record.KeyNames;
import org.noports.atserver.host.record.Records;
import org.noports.protocol.json.JsonArray;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.verb.MetadataChange;

/** Whom an atSign's atServer does not speak with (docs/protocol/atprotocol.md 3.18). */
public final class BlockList {
  private static final String FIELD = "blockList";

  private final AtSign self;
  private final Records records;

  public BlockList(AtSign self, Records records) {
    this.self = requireNonNull(self, "self is null");
    this.records = requireNonNull(records, "records is null");
  }

  public CompletionStage<Set<String>> names() {
    return records.get(key()).thenApply(BlockList::names);
  }

  public CompletionStage<Boolean> blocks(AtSign visitor) {
    return names().thenApply(names -> names.contains(visitor.name()));
  }

  /** Our own owner is never locked out. */
  public CompletionStage<Void> add(Collection<AtSign> more) {
    return change(
        names -> {
          more.stream().filter(name -> !name.equals(self)).forEach(name -> names.add(name.name()));
          return names;
        });
  }

  public CompletionStage<Void> remove(Collection<AtSign> fewer) {
    return change(
        names -> {
          fewer.forEach(name -> names.remove(name.name()));
          return names;
        });
  }

  private CompletionStage<Void> change(UnaryOperator<Set<String>> how) {
    return records
        .change(
            key(),
            CommitOp.ALL,
            0,
            before -> written(how.apply(new LinkedHashSet<>(names(before))), before),
            record -> List.of())
        .thenAccept(commit -> {});
  }

  private AtRecord written(Set<String> names, Optional<AtRecord> before) {
    return new AtRecord(
        key(),
        JsonObject.builder().put(FIELD, names).build().toJson(),
        MetadataChange.NONE.store(before.map(AtRecord::metadata), self, records.now()),
        0);
  }

  private static Set<String> names(Optional<AtRecord> stored) {
    try {
      if (stored.isEmpty()) {
        return Set.of();
      }
      Optional<JsonArray> list = JsonObject.parse("blocklist", stored.get().value()).array(FIELD);
      return list.isEmpty() ? Set.of() : new LinkedHashSet<>(list.get().texts());
    } catch (ProtocolViolation e) {
      throw new IllegalStateException("The block list is not as we wrote it", e);
    }
  }

  private String key() {
    return KeyNames.blockList(self);
  }
}
