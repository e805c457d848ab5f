package org.noports.protocol.np2;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.Test;
import org.noports.api.Secret;
import org.noports.api.tunnel.Np2Keys;
import org.noports.api.tunnel.Suite;
import org.noports.api.tunnel.SuiteAlgorithms;
import org.noports.protocol.json.JsonArray;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.json.JsonValue;
import org.noports.testkit.fakes.JdkDerivation;

/**
 * The vectors of docs/protocol/np2.md 15. They were computed from the text by a program of its own,
 * with other implementations of every algorithm.
 */
public class Np2VectorsTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final JdkDerivation SHA_256 = new JdkDerivation();
  private static final LinkKeys LINK = new LinkKeys(SHA_256);

  private static JsonObject vector(String name) throws Exception {
    try (InputStream in = Np2VectorsTest.class.getResourceAsStream("/np2/" + name + ".json")) {
      return JsonObject.parse(name, new String(in.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] bytes(JsonObject vector, String name) throws Exception {
    return HEX.parseHex(vector.requireText(name));
  }

  private static Secret secret(JsonObject vector, String name) throws Exception {
    return Secret.owning(bytes(vector, name));
  }

  private static void same(JsonObject vector, String name, Secret secret) throws Exception {
    same(vector, name, secret.exposeSecretBytes());
  }

  private static void same(JsonObject vector, String name, byte[] bytes) throws Exception {
    assertEquals(name, vector.requireText(name), HEX.formatHex(bytes));
  }

  private static byte[] payload(JsonObject vector, String name) throws Exception {
    return vector.requireText(name).getBytes(UTF_8);
  }

  /** No test of the schedule computes with what only links use. */
  private static SuiteAlgorithms algorithms() {
    return new SuiteAlgorithms(
        Suite.X25519_AES_256_GCM,
        new NothingElse.Agreement(),
        SHA_256,
        new NothingElse.RecordsCipher());
  }

  private static Np2Keys keys(JsonObject vector) throws Exception {
    byte[] transcript =
        new HandshakeKeys(SHA_256)
            .transcript(payload(vector, "request"), payload(vector, "response"));
    return HandshakeKeys.keys(
        true, algorithms(), new NothingElse.NoSuites(), transcript, secret(vector, "shared"));
  }

  @Test
  public void payloadsAreReadAndWrittenByteForByte() throws Exception {
    for (String name : List.of("handshake", "resume")) {
      JsonObject vector = vector(name);
      JsonObject request = JsonObject.parse("request", vector.requireText("request"));
      JsonObject response = JsonObject.parse("response", vector.requireText("response"));
      assertEquals(vector.requireText("request"), request.toJson());
      assertEquals(vector.requireText("response"), response.toJson());
      Np2Offer offer = Np2Offer.of(request).orElseThrow();
      Np2Answer answer = Np2Answer.of(response).orElseThrow();
      assertEquals(bare(request), offer.toJson().toJson());
      assertEquals(bare(response), answer.toJson().toJson());
      assertEquals(
          Base64.getEncoder().encodeToString(SHA_256.hash(payload(vector, "request"))),
          answer.requestHash());
      assertEquals(
          vector.requireText("encapsulated"),
          HEX.formatHex(Base64.getDecoder().decode(answer.chosen().orElseThrow().encapsulated())));
    }
  }

  private static String bare(JsonObject payload) throws Exception {
    return payload.requireObject(Np2Offer.FIELD).toBuilder().remove("proof").build().toJson();
  }

  @Test
  public void aHandshakeGivesTheSecretsOfTheText() throws Exception {
    for (String name : List.of("handshake", "resume")) {
      JsonObject vector = vector(name);
      Np2Keys keys = keys(vector);
      same(vector, "T", keys.transcript());
      same(vector, "root", keys.root());
      same(vector, "confirmClient", keys.confirmClient());
      same(vector, "confirmDevice", keys.confirmDevice());
      if (vector.has("resume")) {
        same(vector, "resume", keys.resume());
        same(vector, "export", keys.export());
      }
    }
  }

  @Test
  public void aResumptionIsProvenByBothEndsWithTheFirstHandshakesSecret() throws Exception {
    JsonObject vector = vector("resume");
    HandshakeKeys schedule = new HandshakeKeys(SHA_256);
    Secret resume = keys(vector("handshake")).resume();
    same(vector, "resumeOfFirst", resume);
    for (String what : List.of("request", "response")) {
      boolean client = what.equals("request");
      JsonObject without = JsonObject.parse(what, vector.requireText(what + "WithoutProof"));
      JsonObject proven = schedule.prove(client, resume, without);
      assertEquals(vector.requireText(what), proven.toJson());
      assertEquals(
          vector.requireText(what + "Proof"),
          HEX.formatHex(
              Base64.getDecoder()
                  .decode(proven.requireObject(Np2Offer.FIELD).requireText("proof"))));
      assertTrue(schedule.proves(client, resume, proven));
      assertFalse(schedule.proves(!client, resume, proven));
    }
  }

  private static void direction(JsonObject vector, Secret traffic) throws Exception {
    same(vector, "traffic", traffic);
    same(vector, "key", LINK.key(traffic, 32));
    same(vector, "iv", LINK.iv(traffic, 12));
  }

  @Test
  public void aLinksKeysAreThoseOfTheText() throws Exception {
    JsonObject vector = vector("links");
    byte[] transcript = bytes(vector, "T");
    Secret root = secret(vector, "root");
    LinkPreface preface = new LinkPreface(0, 0);
    same(vector, "preface", preface.bytes());
    Secret client = LINK.traffic(root, transcript, preface, true);
    direction(vector.requireObject("client"), client);
    direction(vector.requireObject("device"), LINK.traffic(root, transcript, preface, false));
    same(vector, "spent", LINK.spent(root));
    direction(vector.requireObject("ratcheted"), LINK.next(client));
    JsonObject confirm = records(vector).get(0);
    same(confirm, "clear", LINK.confirm(secret(vector, "confirmClient"), transcript, preface));
  }

  private static List<JsonObject> records(JsonObject vector) throws Exception {
    JsonArray array = vector.array("records").orElseThrow();
    return array.items().stream().map(JsonObject.class::cast).toList();
  }

  @Test
  public void anExchangeLeadsToTheRootOfTheText() throws Exception {
    JsonObject vector = vector("links");
    byte[] transcript = bytes(vector, "T");
    Secret left = secret(vector, "spent");
    for (JsonValue item : vector.array("exchanges").orElseThrow().items()) {
      JsonObject exchange = (JsonObject) item;
      int epoch = (int) exchange.requireWhole("epoch");
      Optional<String> suite = exchange.text("suite").filter(name -> !name.isEmpty());
      byte[] offer = new KeyChange.Offer(epoch, suite, bytes(exchange, "share")).bytes();
      byte[] answer = new KeyChange.Answer(epoch, bytes(exchange, "encapsulated")).bytes();
      Secret root = LINK.nextRoot(left, secret(exchange, "fresh"), offer, answer);
      same(exchange, "root", root);
      LinkPreface now = new LinkPreface(0, epoch);
      direction(exchange.requireObject("client"), LINK.traffic(root, transcript, now, true));
      direction(exchange.requireObject("device"), LINK.traffic(root, transcript, now, false));
      left = LINK.spent(root);
      same(exchange, "spent", left);
    }
  }

  @Test
  public void recordsHaveTheHeadersOfTheText() throws Exception {
    for (JsonObject record : records(vector("links"))) {
      byte[] sealed = bytes(record, "record");
      int clear = bytes(record, "clear").length;
      RecordType type = RecordType.ofCode((int) record.requireWhole("type"));
      int header = RecordHeader.of(clear + 16, type);
      byte[] written = java.nio.ByteBuffer.allocate(4).putInt(header).array();
      assertArrayEquals(written, java.util.Arrays.copyOf(sealed, 4));
      RecordHeader.check(header, 16);
      assertEquals(sealed.length - RecordHeader.LENGTH, RecordHeader.sealed(header));
      if (type == RecordType.REKEY || type == RecordType.SWITCH) {
        assertArrayEquals(
            bytes(record, "clear"), KeyChange.read(type, bytes(record, "clear")).bytes());
      }
    }
  }
}
