package org.noports.protocol.policy;

import static java.util.Objects.requireNonNull;

import org.noports.api.ProtocolViolation;
import org.noports.protocol.json.JsonObject;

/**
 * One question as it travels (docs/protocol/noports.md 7.1).
 *
 * @param id the same as in its key; at random, below 2^53 so that every JSON reader keeps it
 * @param payload what is asked
 */
public record RpcRequest(long id, JsonObject payload) {
  public RpcRequest {
    requireNonNull(payload, "payload is null");
  }

  public static RpcRequest parse(String text) throws ProtocolViolation {
    JsonObject json = JsonObject.parse("policy request", text);
    return new RpcRequest(json.requireWhole("reqId"), json.requireObject("payload"));
  }

  public String toText() {
    return JsonObject.builder().put("reqId", id).put("payload", payload).build().toJson();
  }
}
