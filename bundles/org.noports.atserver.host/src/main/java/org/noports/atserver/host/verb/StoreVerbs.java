package org.noports.atserver.host.verb;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.noports.api.AtSign;
import org.noports.api.store.StoreChange;
import org.noports.atserver.host.record.AtRecord;
import org.noports.atserver.host.record.CommitOp;
import org.noports.atserver.host.record.KeyNames;
import org.noports.atserver.host.record.Records;
import org.noports.atserver.host.tenant.Announcements;
import org.noports.atserver.host.tenant.Outgoing;
import org.noports.atserver.host.tenant.Refusal;
import org.noports.atserver.host.tenant.Tenant;
import org.noports.protocol.key.AtKey;
import org.noports.protocol.key.KeyKind;
import org.noports.protocol.verb.Delete;
import org.noports.protocol.verb.ErrorCode;
import org.noports.protocol.verb.Metadata;
import org.noports.protocol.verb.MetadataChange;
import org.noports.protocol.verb.MetadataField;
import org.noports.protocol.verb.Response;
import org.noports.protocol.verb.Update;
import org.noports.protocol.verb.UpdateMeta;

/** The verbs by which an owner changes what is stored (atprotocol.md 3.9, 3.13). */
final class StoreVerbs {
  /** No atServer stores a name with these; reading them is harmless (atprotocol.md 8). */
  private static final Pattern PUNCTUATION = Pattern.compile("[\\p{ASCII}&&[^\\w.*'\"-]]");

  private StoreVerbs() {}

  /** {@code update}: stores a value, and announces a shared one to its reader. */
  static CompletionStage<Response> update(Update update, Dialogue dialogue) {
    String key = writable(dialogue.self(), update.key());
    return change(dialogue.tenant(), key, Optional.of(update.value()), update.metadata());
  }

  /** {@code update:meta}: changes what is said of a value and leaves it. */
  static CompletionStage<Response> updateMeta(UpdateMeta update, Dialogue dialogue) {
    String key = writable(dialogue.self(), update.key());
    return change(dialogue.tenant(), key, Optional.empty(), update.metadata());
  }

  private static CompletionStage<Response> change(
      Tenant tenant, String key, Optional<String> value, MetadataChange said) {
    Announcements announcements = new Announcements(tenant);
    AtomicReference<Outgoing> told = new AtomicReference<>(Outgoing.NOTHING);
    return tenant
        .records()
        .change(
            key,
            op(value, said),
            value.map(String::length).orElse(0),
            before -> next(tenant, key, value, said, before),
            record -> {
              told.set(
                  value.isPresent()
                      ? announcements.ofUpdate(record)
                      : announcements.ofMetadata(record));
              return told.get().changes();
            })
        .whenComplete((commit, failure) -> told.get().stored(failure == null))
        .thenApply(commit -> new Response.Data(Long.toString(commit)));
  }

  private static CommitOp op(Optional<String> value, MetadataChange said) {
    return value.isEmpty()
        ? CommitOp.META
        : said.changes().isEmpty() ? CommitOp.VALUE : CommitOp.ALL;
  }

  private static AtRecord next(
      Tenant tenant,
      String key,
      Optional<String> value,
      MetadataChange said,
      Optional<AtRecord> before) {
    if (before.map(AtRecord::metadata).filter(StoreVerbs::immutable).isPresent()) {
      throw new Refusal(ErrorCode.UNAUTHORIZED, key + " is immutable");
    }
    Metadata metadata =
        said.store(before.map(AtRecord::metadata), tenant.self(), tenant.records().now());
    String text =
        value.or(() -> before.map(AtRecord::value)).orElseThrow(() -> Refusal.missing(key));
    return new AtRecord(key, text, metadata, 0);
  }

  private static boolean immutable(Metadata metadata) {
    return metadata.flag(MetadataField.IMMUTABLE);
  }

  /** The key's text, if an owner may write such a key. */
  private static String writable(AtSign self, AtKey key) {
    if (key.kind() == KeyKind.RESERVED && key.toString().equals(KeyNames.PKAM_PUBLIC_KEY)) {
      return key.toString();
    }
    if (KeyNames.isServerManaged(key.toString())) {
      throw new Refusal(ErrorCode.INVALID_KEY, "The atServer manages " + key);
    }
    boolean ownKind =
        key.kind() == KeyKind.PUBLIC || key.kind() == KeyKind.SELF || key.kind() == KeyKind.SHARED;
    boolean named = !PUNCTUATION.matcher(key.name()).find();
    if (!ownKind || !named || key.cached() || !key.owner().equals(Optional.of(self))) {
      throw new Refusal(ErrorCode.INVALID_KEY, "You are not allowed to write " + key);
    }
    return key.toString();
  }

  /** {@code delete}: answers with a commit id even if there was nothing (atprotocol.md 13.10). */
  static CompletionStage<Response> delete(Delete delete, Dialogue dialogue) {
    Tenant tenant = dialogue.tenant();
    String key = delete.key().toString();
    boolean secret = key.equals(KeyNames.CRAM_SECRET);
    if (KeyNames.isServerManaged(key)) {
      throw new Refusal(ErrorCode.INVALID_KEY, "The atServer manages " + key);
    }
    if (KeyNames.isProtected(dialogue.self(), key)) {
      throw new Refusal(ErrorCode.UNAUTHORIZED, "Cannot delete protected key " + key);
    }
    if (!secret
        && !delete.key().cached()
        && !delete.key().owner().equals(Optional.of(dialogue.self()))) {
      throw new Refusal(ErrorCode.INVALID_KEY, "You are not allowed to delete " + key);
    }
    Outgoing told =
        delete.key().kind() == KeyKind.SHARED && !delete.key().cached()
            ? new Announcements(tenant).ofDeletion(delete.key())
            : Outgoing.NOTHING;
    Records records = tenant.records();
    return records
        .find(key)
        .thenCompose(
            found -> {
              boolean kept =
                  found
                      .map(stored -> stored.record().metadata())
                      .filter(StoreVerbs::immutable)
                      .isPresent();
              if (kept && !delete.force()) {
                return CompletableFuture.failedFuture(
                    new Refusal(ErrorCode.UNAUTHORIZED, key + " is immutable; use delete:force"));
              }
              return records
                  .delete(key, secret ? List.of(usedUp(tenant)) : told.changes())
                  .whenComplete((commit, failure) -> told.stored(failure == null));
            })
        .thenApply(commit -> new Response.Data(Long.toString(commit)));
  }

  /** So that a provisioning file cannot bring back what the owner has used up. */
  private static StoreChange usedUp(Tenant tenant) {
    return tenant
        .records()
        .fresh(KeyNames.CRAM_SECRET_DELETED, "true", MetadataChange.NONE, tenant.self());
  }
}
