package org.noports.atserver.host.enrollment;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.noports.api.ProtocolViolation;
import org.noports.atserver.host.record.AtRecord;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.json.JsonValue;
import org.noports.protocol.verb.EnrollField;
import org.noports.protocol.verb.EnrollParams;
import org.noports.protocol.verb.MetadataField;

/**
 * One enrollment as it is stored.
 *
 * @param id its id
 * @param stored the record's JSON, with fields we do not know
 * @param expiresAt when it is gone by itself
 */
public record Enrollment(String id, JsonObject stored, Optional<Instant> expiresAt) {
  private static final String NAMESPACES = "namespaces";
  private static final String APPROVAL = "approval";
  private static final String STATE = "state";
  private static final String KEYS_EXPIRY = "apkamKeysExpiryInMillis";

  public Enrollment {
    requireNonNull(id, "id is null");
    requireNonNull(stored, "stored is null");
    requireNonNull(expiresAt, "expiresAt is null");
  }

  /** A new one, as its request asks for it. */
  static Enrollment asked(String id, String session, EnrollParams params) {
    JsonObject.Builder stored =
        JsonObject.builder()
            .put("sessionId", session)
            .put("appName", params.text(EnrollField.APP_NAME).orElseThrow())
            .put("deviceName", params.text(EnrollField.DEVICE_NAME).orElseThrow())
            .put(NAMESPACES, object(params.namespaces()))
            .put("apkamPublicKey", params.text(EnrollField.APKAM_PUBLIC_KEY).orElseThrow())
            .put("requestType", "newEnrollment")
            .put(APPROVAL, object(Map.of(STATE, EnrollmentState.PENDING.wire())))
            .putNullable(
                "encryptedAPKAMSymmetricKey", params.text(EnrollField.ENCRYPTED_SYMMETRIC_KEY))
            .put(KEYS_EXPIRY, params.keysExpiryMillis());
    params.object("metadata").ifPresent(json -> stored.put("metadata", json));
    stored.putIfPresent("signingAlgo", params.text(EnrollField.SIGNING_ALGO));
    params.object("apsk").ifPresent(json -> stored.put("apsk", json));
    stored.putIfPresent("apskLegacy", params.text(EnrollField.APSK_LEGACY));
    return new Enrollment(id, stored.build(), Optional.empty());
  }

  static Enrollment of(String id, AtRecord record) {
    try {
      return new Enrollment(
          id,
          JsonObject.parse("stored enrollment", record.value()),
          record.metadata().time(MetadataField.EXPIRES_AT));
    } catch (ProtocolViolation e) {
      throw new IllegalStateException("The store returned an enrollment we did not write", e);
    }
  }

  private static JsonObject object(Map<String, String> texts) {
    JsonObject.Builder object = JsonObject.builder();
    texts.forEach(object::put);
    return object.build();
  }

  /** A text of the record; empty if it is absent. */
  public Optional<String> text(String field) {
    return stored.fields().get(field) instanceof JsonValue.Text text
        ? Optional.of(text.value())
        : Optional.empty();
  }

  public String appName() {
    return text("appName").orElse("");
  }

  public String deviceName() {
    return text("deviceName").orElse("");
  }

  public String apkamPublicKey() {
    return text("apkamPublicKey").orElse("");
  }

  public EnrollmentState state() {
    return stored.fields().get(APPROVAL) instanceof JsonObject approval
            && approval.fields().get(STATE) instanceof JsonValue.Text state
        ? EnrollmentState.of(state.value()).orElse(EnrollmentState.DENIED)
        : EnrollmentState.DENIED;
  }

  /** Milliseconds for which the keys are good from approval on; 0 for ever. */
  public long keysExpiryMillis() {
    return stored.fields().get(KEYS_EXPIRY) instanceof JsonValue.Number millis
        ? Long.parseLong(millis.text())
        : 0;
  }

  /** The namespaces that were asked for. */
  public Map<String, String> namespaces() {
    Map<String, String> names = new LinkedHashMap<>();
    if (stored.fields().get(NAMESPACES) instanceof JsonObject object) {
      object.fields().forEach((name, access) -> names.put(name, ((JsonValue.Text) access).value()));
    }
    return names;
  }

  /** What its keys may do. */
  public Access access() {
    return new Access(Optional.of(id), namespaces());
  }

  /** The same in another state. */
  public Enrollment in(EnrollmentState state) {
    return with(APPROVAL, object(Map.of(STATE, state.wire())));
  }

  Enrollment withNamespaces(Map<String, String> namespaces) {
    return with(NAMESPACES, object(namespaces));
  }

  /** The same with what it has changed of its own; one way to sign takes the other's place. */
  Enrollment changedTo(EnrollParams params) {
    JsonObject.Builder after = stored.toBuilder();
    after.putIfPresent("apkamPublicKey", params.text(EnrollField.APKAM_PUBLIC_KEY));
    after.putIfPresent("signingAlgo", params.text(EnrollField.SIGNING_ALGO));
    params.object("metadata").ifPresent(json -> after.put("metadata", json));
    params.object("apsk").ifPresent(json -> after.put("apsk", json).remove("apskLegacy"));
    params
        .text(EnrollField.APSK_LEGACY)
        .ifPresent(key -> after.put("apskLegacy", key).remove("apsk"));
    return new Enrollment(id, after.build(), expiresAt);
  }

  private Enrollment with(String field, JsonValue value) {
    return new Enrollment(id, stored.toBuilder().put(field, value).build(), expiresAt);
  }

  /** What a list shows of it. */
  public JsonObject shown() {
    return JsonObject.builder()
        .put("appName", appName())
        .put("deviceName", deviceName())
        .put("namespace", object(namespaces()))
        .putNullable("encryptedAPKAMSymmetricKey", text("encryptedAPKAMSymmetricKey"))
        .put("status", state().wire())
        .build();
  }

  @Override
  public String toString() {
    return "Enrollment[" + id + " " + state().wire() + "]";
  }
}
