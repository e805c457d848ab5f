package org.noports.atserver.host.enrollment;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.noports.api.store.StoreChange;
import org.noports.atserver.host.tenant.Tenant;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.verb.EnrollField;
import org.noports.protocol.verb.EnrollParams;
import org.noports.protocol.verb.MetadataChange;
import org.noports.protocol.verb.MetadataField;

/**
 * Keys that an approval hands on: the atSign's two secret ones, each encrypted for one enrollment
 * and opaque to the atServer, kept for it to fetch; and the enrollment's own public one, for
 * everybody.
 */
final class ConveyedKeys {
  private final Tenant tenant;

  ConveyedKeys(Tenant tenant) {
    this.tenant = requireNonNull(tenant, "tenant is null");
  }

  /** What stores those that {@code params} brings, for as long as the enrollment lives. */
  List<StoreChange> changes(String id, EnrollParams params, Duration life) {
    EnrollmentNames names = new EnrollmentNames(tenant.self());
    List<StoreChange> changes = new ArrayList<>();
    put(changes, names.privateKey(id), params, EnrollField.ENCRYPTED_PRIVATE_KEY, life);
    put(changes, names.selfKey(id), params, EnrollField.ENCRYPTED_SELF_KEY, life);
    return changes;
  }

  /** What publishes the key that an approved enrollment authenticates with. */
  StoreChange publicKey(Enrollment enrollment) {
    String shown =
        JsonObject.builder().put("apkamPublicKey", enrollment.apkamPublicKey()).build().toJson();
    return tenant
        .records()
        .fresh(
            new EnrollmentNames(tenant.self()).apkamKey(enrollment),
            shown,
            MetadataChange.NONE,
            tenant.self());
  }

  private void put(
      List<StoreChange> changes,
      String key,
      EnrollParams params,
      EnrollField field,
      Duration life) {
    Optional<String> iv =
        params.text(
            field == EnrollField.ENCRYPTED_PRIVATE_KEY
                ? EnrollField.PRIVATE_KEY_IV
                : EnrollField.SELF_KEY_IV);
    MetadataChange said =
        life.isZero()
            ? MetadataChange.NONE
            : MetadataChange.NONE.with(MetadataField.TTL, life.toMillis());
    params
        .text(field)
        .map(value -> JsonObject.builder().put("value", value).putIfPresent("iv", iv).build())
        .ifPresent(
            json -> changes.add(tenant.records().fresh(key, json.toJson(), said, tenant.self())));
  }
}
