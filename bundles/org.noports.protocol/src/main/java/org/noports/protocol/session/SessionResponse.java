package org.noports.protocol.session;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.noports.api.ProtocolViolation;
import org.noports.api.SessionId;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.json.JsonValue;
import org.noports.protocol.session.WrappedKeys.WrappedKey;

/**
 * A device's answer to a session request (docs/protocol/noports.md 2.6b): an envelope, or the text
 * of a refusal.
 */
public sealed interface SessionResponse {
  /**
   * Tells the two apart: what begins with <code>{</code> is an envelope, anything else a refusal.
   * The envelope's signature is not verified; do so before {@link Connected#parse}.
   */
  static SessionResponse parse(String value) throws ProtocolViolation {
    return value.startsWith("{")
        ? new Signed(SignedEnvelope.parse(value))
        : new Refused(value.strip());
  }

  /**
   * The device says yes, if its signature is right.
   *
   * @param envelope its payload is read by {@link Connected#parse}
   */
  record Signed(SignedEnvelope envelope) implements SessionResponse {
    public Signed {
      requireNonNull(envelope, "envelope is null");
    }
  }

  /**
   * The device says no.
   *
   * @param text for the user; unsigned
   */
  record Refused(String text) implements SessionResponse {
    public Refused {
      requireNonNull(text, "text is null");
    }
  }

  /**
   * The payload of a yes: the device's side stands.
   *
   * @param sessionId the session
   * @param keys its wrapped keys
   */
  record Connected(SessionId sessionId, WrappedKeys keys) {
    public Connected {
      requireNonNull(sessionId, "sessionId is null");
      requireNonNull(keys, "keys is null");
    }

    /** Reads a verified payload. */
    public static Connected parse(JsonObject json) throws ProtocolViolation {
      return new Connected(json.requireText("sessionId", SessionId::of), keys(json));
    }

    private static WrappedKeys keys(JsonObject json) throws ProtocolViolation {
      Optional<WrappedKey> forth = pair(json, "sessionAESKey", "sessionIV");
      if (forth.isEmpty()) {
        forth = pair(json, "aesKeyC2D", "ivC2D");
      }
      Optional<WrappedKey> back = pair(json, "aesKeyD2C", "ivD2C");
      if (forth.isEmpty()) {
        return new WrappedKeys.Absent();
      }
      return back.isPresent()
          ? new WrappedKeys.Twin(forth.get(), back.get())
          : new WrappedKeys.Legacy(forth.get());
    }

    private static Optional<WrappedKey> pair(JsonObject json, String key, String iv)
        throws ProtocolViolation {
      Optional<String> wrapped = json.text(key);
      return wrapped.isEmpty()
          ? Optional.empty()
          : Optional.of(new WrappedKey(wrapped.get(), json.requireText(iv)));
    }

    /** The payload with its fields in the reference's order. */
    public JsonObject toJson() {
      JsonObject.Builder json =
          JsonObject.builder().put("status", "connected").put("sessionId", sessionId.toString());
      if (keys instanceof WrappedKeys.Twin twin) {
        json.put("aesKeyC2D", twin.clientToDevice().key())
            .put("ivC2D", twin.clientToDevice().iv())
            .put("aesKeyD2C", twin.deviceToClient().key())
            .put("ivD2C", twin.deviceToClient().iv());
      } else {
        Optional<WrappedKey> both =
            keys instanceof WrappedKeys.Legacy legacy
                ? Optional.of(legacy.both())
                : Optional.empty();
        json.putNullable("sessionAESKey", both.map(WrappedKey::key))
            .putNullable("sessionIV", both.map(WrappedKey::iv))
            .put("aesKeyD2C", JsonValue.Literal.NULL)
            .put("ivD2C", JsonValue.Literal.NULL);
      }
      return json.put("eventLoggingConfig", JsonValue.Literal.NULL).build();
    }
  }
}
