package org.noports.atserver.host.enrollment;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.noports.api.AtSign;
import org.noports.api.ProtocolViolation;
import org.noports.api.store.StoreChange;
import org.noports.api.store.StoreChange.Precondition;
import org.noports.atserver.host.record.AtRecord;
import org.noports.atserver.host.record.Records;
import org.noports.atserver.host.tenant.Refusal;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.key.AtKey;
import org.noports.protocol.verb.ErrorCode;
import org.noports.protocol.verb.Keys;
import org.noports.protocol.verb.MetadataChange;

/**
 * Keys that one enrollment keeps at the atServer, and the two that its approver left for it
 * (docs/protocol/atprotocol.md 3.5). An enrollment sees its own, and everybody's public ones.
 */
public final class OwnKeys {
  private static final String PUBLIC = ".__public_keys.";
  private static final String PRIVATE = ".__private_keys.";
  private static final String SELF = ".__self_keys.";
  private static final String OWNER = "enrollmentId";

  private final AtSign self;
  private final Records records;
  private final String enrollmentId;
  private final EnrollmentNames names;

  public OwnKeys(AtSign self, Records records, String enrollmentId) {
    this.self = requireNonNull(self, "self is null");
    this.records = requireNonNull(records, "records is null");
    this.enrollmentId = requireNonNull(enrollmentId, "enrollmentId is null");
    this.names = new EnrollmentNames(self);
  }

  /** Stores a key; one of another enrollment is not replaced. */
  public CompletionStage<Void> put(Keys keys) {
    String name = name(keys);
    JsonObject stored =
        JsonObject.builder()
            .put("value", keys.value().orElseThrow())
            .putIfPresent("keyType", said(keys, Keys.KEY_TYPE))
            .put(OWNER, enrollmentId)
            .putIfPresent("encryptionKeyName", said(keys, Keys.ENCRYPTION_KEY_NAME))
            .build();
    return records
        .get(name)
        .thenCompose(
            found -> {
              found.ifPresent(this::requireOwn);
              return records.apply(
                  List.of(records.fresh(name, stored.toJson(), MetadataChange.NONE, self)));
            })
        .thenAccept(done -> {});
  }

  private static Optional<String> said(Keys keys, String parameter) {
    return Optional.ofNullable(keys.said().get(parameter));
  }

  private String name(Keys keys) {
    String name = keys.keyName().orElseThrow();
    String namespace = said(keys, Keys.NAMESPACE).orElse("__global");
    String device =
        said(keys, Keys.APP_NAME).orElse("") + "." + said(keys, Keys.DEVICE_NAME).orElse("") + ".";
    String text =
        switch (keys.visibility().orElseThrow()) {
          case PUBLIC -> "public:" + name + PUBLIC + namespace;
          case PRIVATE -> "private:" + device + name + PRIVATE + namespace;
          case SELF -> device + name + SELF + namespace;
        };
    try {
      return AtKey.parse((text + self).toLowerCase(Locale.ROOT)).toString();
    } catch (ProtocolViolation e) {
      throw new Refusal(ErrorCode.INVALID_KEY, e.getMessage());
    }
  }

  /** The stored JSON of a key by its full name. */
  public CompletionStage<String> get(String keyName) {
    return records
        .get(keyName)
        .thenApply(
            found ->
                found.filter(this::visible).orElseThrow(() -> Refusal.missing(keyName)).value());
  }

  private boolean visible(AtRecord record) {
    String key = record.key();
    return key.equals(names.privateKey(enrollmentId))
        || key.equals(names.selfKey(enrollmentId))
        || key.startsWith("public:") && key.contains(PUBLIC)
        || kept(key) && own(record);
  }

  private static boolean kept(String key) {
    return key.contains(PUBLIC) || key.contains(PRIVATE) || key.contains(SELF);
  }

  private boolean own(AtRecord record) {
    try {
      return JsonObject.parse("stored key", record.value())
          .text(OWNER)
          .equals(Optional.of(enrollmentId));
    } catch (ProtocolViolation e) {
      // Somebody's own value under such a name: no key that was put here.
      return false;
    }
  }

  /** The names of the enrollment's keys of one kind, and of what its approver left for it. */
  public CompletionStage<List<String>> names(Keys.Visibility visibility) {
    String part =
        switch (visibility) {
          case PUBLIC -> PUBLIC;
          case PRIVATE -> PRIVATE;
          case SELF -> SELF;
        };
    String front =
        switch (visibility) {
          case PUBLIC -> "public:";
          case PRIVATE -> "private:";
          case SELF -> "";
        };
    List<String> found = new ArrayList<>();
    return records
        .each(
            front,
            entry -> {
              if (entry.key().contains(part) && own(AtRecord.of(entry))) {
                found.add(entry.key());
              }
            })
        .thenApply(
            done -> {
              if (visibility == Keys.Visibility.PRIVATE) {
                found.add(names.privateKey(enrollmentId));
              } else if (visibility == Keys.Visibility.SELF) {
                found.add(names.selfKey(enrollmentId));
              }
              return found;
            });
  }

  /** Forgets a key of the enrollment's own; nothing if there is none. */
  public CompletionStage<Void> delete(String keyName) {
    return records
        .get(keyName)
        .thenCompose(
            found -> {
              if (!kept(keyName)) {
                throw new Refusal(ErrorCode.UNAUTHORIZED, "Not a key that keys:put has stored");
              }
              found.ifPresent(this::requireOwn);
              return records.apply(
                  List.of(new StoreChange.Delete(keyName, false, Precondition.ANY)));
            })
        .thenAccept(done -> {});
  }

  private void requireOwn(AtRecord record) {
    if (!own(record)) {
      throw new Refusal(ErrorCode.UNAUTHORIZED, record.key() + " belongs to another enrollment");
    }
  }
}
