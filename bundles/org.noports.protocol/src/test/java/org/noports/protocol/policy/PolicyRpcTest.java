package org.noports.protocol.policy;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.DeviceName;
import org.noports.api.policy.RequestKind;
import org.noports.api.tunnel.Level;
import org.noports.protocol.Refused;
import org.noports.protocol.json.JsonObject;

public class PolicyRpcTest {
  private static final long ID = 1763633730123456L;

  private static AuthCheck question(String vector) throws Exception {
    return AuthCheck.parse(RpcRequest.parse(PolicyVectors.read(vector)).payload());
  }

  private static AuthAnswer answer(String vector) throws Exception {
    return AuthAnswer.parse(RpcResponse.parse(PolicyVectors.read(vector)).payload());
  }

  @Test
  public void aDaemonsQuestionIsReadAndWrittenByteForByte() throws Exception {
    for (String vector : List.of("request", "request-ours")) {
      String text = PolicyVectors.read(vector);
      RpcRequest request = RpcRequest.parse(text);
      AuthCheck check = AuthCheck.parse(request.payload());
      assertEquals(text, new RpcRequest(request.id(), check.toPayload()).toText());
    }
    AuthCheck asked = question("request");
    assertEquals("dev1@device", asked.device().toString());
    assertEquals(AtSign.of("@client"), asked.client());
    assertEquals(Optional.empty(), asked.request());
  }

  @Test
  public void aServicesAnswersAreReadAndWrittenByteForByte() throws Exception {
    for (String vector : List.of("permitted", "denied", "exception", "permitted-ours")) {
      String text = PolicyVectors.read(vector);
      RpcResponse response = RpcResponse.parse(text);
      AuthAnswer answer = AuthAnswer.parse(response.payload());
      assertEquals(text, RpcResponse.success(response.id(), answer.toPayload()).toText());
    }
    assertEquals(PolicyVectors.read("ack"), RpcResponse.ack(ID).toText());
    RpcResponse nack = RpcResponse.parse(PolicyVectors.read("nack"));
    assertEquals(
        PolicyVectors.read("nack"), RpcResponse.nack(ID, nack.message().orElseThrow()).toText());
  }

  @Test
  public void whatADeviceOfOursAsksIsThereAsItWasMeant() throws Exception {
    AskedAccess asked = question("request-ours").request().orElseThrow();
    assertEquals(RequestKind.TUNNEL, asked.kind());
    assertEquals(Optional.of("localhost"), asked.host());
    assertEquals(OptionalInt.of(22), asked.port());
    assertEquals(Optional.of(Level.L3), asked.level());
    assertEquals(Optional.of("192.0.2.7"), asked.observed().orElseThrow().address());
    assertEquals(Optional.of("Europe/Berlin"), asked.claimedZone());
  }

  @Test
  public void aPublicKeyIsAskedForUnderItsOwnName() throws Exception {
    String text = PolicyVectors.read("request-ours").replace("\"tunnel\"", "\"public-key\"");
    AuthCheck check = AuthCheck.parse(RpcRequest.parse(text).payload());
    assertEquals(RequestKind.PUBLIC_KEY, check.request().orElseThrow().kind());
    assertEquals(text, new RpcRequest(42, check.toPayload()).toText());
  }

  @Test
  public void whatStandsBehindAnAnswerIsThereAsItWasMeant() throws Exception {
    RemoteRuling ruling = answer("permitted-ours").ruling().orElseThrow();
    assertEquals(RemoteRuling.Verdict.PERMIT, ruling.verdict());
    assertEquals("pumps-at-night", ruling.rule());
    assertEquals(Optional.of(Instant.ofEpochMilli(1763679600000L)), ruling.until());
    assertEquals(Optional.of(3600L), ruling.obligations().whole("maxSessionSeconds"));
  }

  @Test
  public void aServiceThatKnowsNoPlacesPermitsNowhere() throws Exception {
    AuthAnswer oldest = answer("permitted-oldest");
    assertTrue(oldest.authorized());
    assertEquals(List.of(), oldest.permitOpen());
  }

  @Test
  public void oldestServicesLeaveTheMessageAway() throws Exception {
    String text = PolicyVectors.read("permitted").replace(",\"message\":null}", "}");
    RpcResponse response = RpcResponse.parse(text);
    assertThat(response.type(), is(RpcResponse.Type.SUCCESS));
    assertEquals(Optional.empty(), response.message());
  }

  @Test
  public void whatCannotBeUnderstoodIsRefusedByName() throws Exception {
    String request = PolicyVectors.read("request");
    Refused.naming("reqId", () -> RpcRequest.parse(request.replace("reqId", "id")));
    Refused.naming("payload", () -> RpcRequest.parse("{\"reqId\":1,\"payload\":[]}"));
    JsonObject payload = RpcRequest.parse(request).payload();
    Refused.naming(
        "clientAtsign", () -> AuthCheck.parse(payload.toBuilder().remove("clientAtsign").build()));
    Refused.naming(
        "daemonDeviceName",
        () -> AuthCheck.parse(payload.toBuilder().put("daemonDeviceName", "a.b").build()));
    Refused.naming(
        "respType", () -> RpcResponse.parse(PolicyVectors.read("ack").replace("ack", "perhaps")));
    Refused.naming(
        "kind",
        () ->
            AuthCheck.parse(
                RpcRequest.parse(PolicyVectors.read("request-ours").replace("tunnel", "all"))
                    .payload()));
    Refused.naming(
        "decision",
        () ->
            AuthAnswer.parse(
                RpcResponse.parse(
                        PolicyVectors.read("permitted-ours")
                            .replace("\"decision\":\"permit\"", "\"decision\":\"yes\""))
                    .payload()));
  }

  @Test
  public void namesAreReadAsTheyAreWritten() {
    assertEquals("request." + ID + ".auth_checks.__rpcs.sshnp", RpcNames.request(ID));
    assertEquals(OptionalLong.of(ID), RpcNames.ofRequest(RpcNames.request(ID)));
    String ack = RpcNames.response(RpcResponse.Type.ACK, ID);
    assertEquals("ack." + ID + ".auth_checks.__rpcs.sshnp", ack);
    assertEquals(
        Optional.of(new RpcNames.Answer(RpcResponse.Type.ACK, ID)), RpcNames.ofResponse(ack));
    assertEquals(ID + ".session_mutexes.sshnp", RpcNames.mutex(ID));
    DeviceName dev1 = DeviceName.of("dev1");
    assertEquals(Optional.of(dev1), RpcNames.ofHeartbeat("dev1.devices.policy.sshnp"));
    assertEquals("config.dev1.devices.policy.sshnp", RpcNames.config(dev1));
    assertEquals(Optional.of(dev1), RpcNames.ofSnapshot(RpcNames.snapshot(dev1)));
  }

  @Test
  public void namesOfOtherThingsAreNone() {
    assertTrue(RpcNames.ofRequest(RpcNames.response(RpcResponse.Type.ACK, 1)).isEmpty());
    assertTrue(RpcNames.ofRequest("request.x1.auth_checks.__rpcs.sshnp").isEmpty());
    assertTrue(RpcNames.ofRequest("request.1.auth_checks.__rpcs.other").isEmpty());
    assertTrue(
        RpcNames.ofRequest("request.99999999999999999999.auth_checks.__rpcs.sshnp").isEmpty());
    assertTrue(RpcNames.ofResponse(RpcNames.request(1)).isEmpty());
    assertTrue(RpcNames.ofHeartbeat("config.dev1.devices.policy.sshnp").isEmpty());
    assertTrue(RpcNames.ofSnapshot("dev1.devices.policy.sshnp").isEmpty());
  }

  @Test
  public void aSnapshotIsReadAsItWasWritten() throws Exception {
    DeviceAddress dev1 = new DeviceAddress(AtSign.of("@device"), DeviceName.of("dev1"));
    PolicySnapshot snapshot =
        PolicySnapshot.of(AtSign.of("@policy"), dev1, Instant.ofEpochMilli(7), "format: 1\n");
    assertEquals(snapshot, PolicySnapshot.parse(snapshot.toPayload()));
    assertFalse(snapshot.toString().contains("format"));
    JsonObject edited = snapshot.toPayload().toBuilder().put("book", "format: 1 # more\n").build();
    Refused.naming("revision", () -> PolicySnapshot.parse(edited));
    JsonObject newer = snapshot.toPayload().toBuilder().put("policySnapshot", 2).build();
    Refused.naming("format 2", () -> PolicySnapshot.parse(newer));
  }

  @Test
  public void aHeartbeatSaysWhatTheDeviceHasOfTheRules() throws Exception {
    PolicyHeartbeat others =
        PolicyHeartbeat.parse("{\"devicename\":\"dev1\",\"deviceGroupName\":\"pumps\"}");
    assertEquals(new PolicyHeartbeat("pumps", Optional.empty()), others);
    assertEquals(
        Optional.of(new PolicyHeartbeat.Wanted("ab", true)),
        PolicyHeartbeat.parse("{\"policySnapshot\":{\"revision\":\"ab\",\"fresh\":true}}")
            .snapshot());
    assertEquals("{\"eventLoggingConfig\":null}", PolicyHeartbeat.answer());
  }
}
