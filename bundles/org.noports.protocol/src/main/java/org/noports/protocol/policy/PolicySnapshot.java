package org.noports.protocol.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.DeviceName;
import org.noports.api.ProtocolViolation;
import org.noports.protocol.json.JsonObject;

/**
 * The rules of a policy service for one device, to be decided by while the service cannot be asked;
 * the payload of a signed envelope (docs/protocol/noports.md 7.5).
 *
 * @param policy whose rules; the signer
 * @param device for which device, and no other
 * @param at when they were said to be in force
 * @param revision SHA-256 of the book, in hex
 * @param book the rules as their administrator wrote them
 */
public record PolicySnapshot(
    AtSign policy, DeviceAddress device, Instant at, String revision, String book) {
  private static final long FORMAT = 1;

  public PolicySnapshot {
    requireNonNull(policy, "policy is null");
    requireNonNull(device, "device is null");
    requireNonNull(at, "at is null");
    requireNonNull(revision, "revision is null");
    requireNonNull(book, "book is null");
  }

  /** The rules of {@code book}, of that moment. */
  public static PolicySnapshot of(AtSign policy, DeviceAddress device, Instant at, String book) {
    return new PolicySnapshot(policy, device, at, revisionOf(book), book);
  }

  /** Reads a payload: of a format that we know, with a revision that is the book's. */
  public static PolicySnapshot parse(JsonObject payload) throws ProtocolViolation {
    long format = payload.requireWhole("policySnapshot");
    if (format != FORMAT) {
      throw new ProtocolViolation(
          "policy snapshot: format " + format + " is not known here, only " + FORMAT);
    }
    PolicySnapshot snapshot =
        new PolicySnapshot(
            payload.requireText("policy", AtSign::of),
            new DeviceAddress(
                payload.requireText("deviceAtSign", AtSign::of),
                payload.requireText("deviceName", DeviceName::of)),
            Instant.ofEpochMilli(payload.requireWhole("at")),
            payload.requireText("revision"),
            payload.requireText("book"));
    if (!revisionOf(snapshot.book).equals(snapshot.revision)) {
      throw new ProtocolViolation("policy snapshot: its revision is not that of its rules");
    }
    return snapshot;
  }

  public JsonObject toPayload() {
    return JsonObject.builder()
        .put("policySnapshot", FORMAT)
        .put("policy", policy.name())
        .put("deviceAtSign", device.atSign().name())
        .put("deviceName", device.name().name())
        .put("at", at.toEpochMilli())
        .put("revision", revision)
        .put("book", book)
        .build();
  }

  /** SHA-256 of a book's UTF-8 text, in hex: the number by which people and audits name it. */
  public static String revisionOf(String book) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(book.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "PolicySnapshot[" + policy + " for " + device + ", " + revision + "]";
  }
}
