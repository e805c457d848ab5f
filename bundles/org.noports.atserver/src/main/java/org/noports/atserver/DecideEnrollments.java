package org.noports.atserver;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.noports.api.IdentityUnusable;
import org.noports.api.ProtocolViolation;
import org.noports.api.atserver.Enrollment;
import org.noports.api.identity.ConveyedKeys;
import org.noports.api.identity.Fingerprint;
import org.noports.api.identity.KeyEnrollment;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.verb.Enroll;
import org.noports.protocol.verb.Enroll.Operation;
import org.noports.protocol.verb.EnrollField;
import org.noports.protocol.verb.EnrollParams;
import org.noports.protocol.verb.Otp;

/** What the owner of an atSign does about enrollments, over one authenticated connection. */
final class DecideEnrollments {
  private static final String SUFFIX = ".new.enrollments.__manage";

  private final Counter counter;
  private final AtServerConnection over;
  private final KeyEnrollment keys;

  DecideEnrollments(Counter counter, AtServerConnection over, KeyEnrollment keys) {
    this.counter = requireNonNull(counter, "counter is null");
    this.over = requireNonNull(over, "over is null");
    this.keys = requireNonNull(keys, "keys is null");
  }

  CompletableFuture<List<Enrollment>> list() {
    return counter
        .data(over, Enroll.of(Operation.LIST, EnrollParams.NONE), "list enrollments")
        .thenApply(
            text -> {
              try {
                return all(JsonObject.parse("enroll:list", text));
              } catch (ProtocolViolation e) {
                throw new CompletionException(e);
              }
            });
  }

  private List<Enrollment> all(JsonObject json) throws ProtocolViolation {
    List<Enrollment> found = new ArrayList<>();
    for (String key : json.fields().keySet()) {
      int end = key.indexOf(SUFFIX);
      String id = end < 0 ? key : key.substring(0, end);
      found.add(enrollment(id, json.requireObject(key)));
    }
    return List.copyOf(found);
  }

  private Enrollment enrollment(String id, JsonObject json) throws ProtocolViolation {
    Map<String, String> namespaces = new LinkedHashMap<>();
    JsonObject said = json.object("namespace").orElseGet(() -> JsonObject.builder().build());
    for (String name : said.fields().keySet()) {
      namespaces.put(name, said.requireText(name));
    }
    return new Enrollment(
        id,
        json.text(EnrollField.APP_NAME.json()).orElse(""),
        json.text(EnrollField.DEVICE_NAME.json()).orElse(""),
        namespaces,
        json.text("status").orElse(""),
        json.text(EnrollField.ENCRYPTED_SYMMETRIC_KEY.json()).flatMap(this::fingerprint));
  }

  private Optional<Fingerprint> fingerprint(String wrapped) {
    try {
      return Optional.of(keys.fingerprintOf(wrapped));
    } catch (IdentityUnusable e) {
      // Nobody can compare what is no key; approving it fails by name.
      return Optional.empty();
    }
  }

  CompletableFuture<Enrollment> approve(String id) {
    String what = "approve enrollment " + id;
    return counter
        .data(over, Enroll.of(Operation.FETCH, about(id)), what)
        .thenCompose(text -> counter.work(() -> JsonObject.parse("enrollment", text)))
        .thenCompose(
            json ->
                counter
                    .work(() -> convey(id, json))
                    .thenCompose(
                        conveyed ->
                            counter.data(
                                over,
                                Enroll.of(
                                    Operation.APPROVE, ConveyedFields.into(about(id), conveyed)),
                                what))
                    .thenCompose(approved -> counter.work(() -> enrollment(id, json))));
  }

  private ConveyedKeys convey(String id, JsonObject json)
      throws IdentityUnusable, ProtocolViolation {
    Optional<String> wrapped =
        json.text(EnrollField.ENCRYPTED_SYMMETRIC_KEY.json()).filter(text -> !text.isEmpty());
    if (wrapped.isEmpty()) {
      throw new IdentityUnusable(
          "Enrollment " + id + " of " + counter.self() + " brings no key to send ours under");
    }
    return keys.convey(counter.self(), wrapped.get());
  }

  CompletableFuture<Void> deny(String id) {
    return decide(Enroll.of(Operation.DENY, about(id)), "deny enrollment " + id);
  }

  CompletableFuture<Void> revoke(String id, boolean force) {
    return decide(
        new Enroll(Operation.REVOKE, force, Optional.empty(), about(id)),
        "revoke enrollment " + id);
  }

  private CompletableFuture<Void> decide(Enroll verb, String what) {
    return counter.data(over, verb, what).thenAccept(done -> {});
  }

  private static EnrollParams about(String id) {
    return EnrollParams.NONE.with(EnrollField.ENROLLMENT_ID, id);
  }

  CompletableFuture<String> oneTimeCode(Optional<Duration> life) {
    return counter.data(over, Otp.get(life.map(Duration::toMillis)), "make a one-time code");
  }

  CompletableFuture<Void> setPasscode(String passcode, Optional<Duration> life) {
    return counter
        .data(
            over, new Otp(Optional.of(passcode), life.map(Duration::toMillis)), "set the passcode")
        .thenAccept(done -> {});
  }
}
