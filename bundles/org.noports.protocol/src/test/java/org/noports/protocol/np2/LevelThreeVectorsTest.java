package org.noports.protocol.np2;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.Assert.assertEquals;

import java.io.InputStream;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.Test;
import org.noports.api.Secret;
import org.noports.api.tunnel.Level;
import org.noports.api.tunnel.Np2Keys;
import org.noports.api.tunnel.Suite;
import org.noports.api.tunnel.SuiteAlgorithms;
import org.noports.protocol.json.JsonObject;
import org.noports.testkit.fakes.JdkDerivation;

/**
 * The vectors of docs/protocol/np2.md 15 for level L3: from the payloads to the first link's keys.
 * They were computed from the text by a program of its own.
 */
public class LevelThreeVectorsTest {
  private static final HexFormat HEX = HexFormat.of();

  private static JsonObject vector(String name) throws Exception {
    try (InputStream in = LevelThreeVectorsTest.class.getResourceAsStream("/np2/" + name)) {
      return JsonObject.parse(name, new String(in.readAllBytes(), UTF_8));
    }
  }

  private static void same(JsonObject vector, String name, byte[] bytes) throws Exception {
    assertEquals(name, vector.requireText(name), HEX.formatHex(bytes));
  }

  private static void same(JsonObject vector, String name, Secret secret) throws Exception {
    same(vector, name, secret.exposeSecretBytes());
  }

  @Test
  public void aHandshakeByXWingGivesTheKeysOfTheText() throws Exception {
    JsonObject vector = vector("handshake-x-wing.json");
    payloads(vector, Suite.X_WING_AES_256_GCM);
    secrets(vector, Suite.X_WING_AES_256_GCM, new JdkDerivation(256));
  }

  @Test
  public void aHandshakeOfLevel5GivesTheKeysOfTheText() throws Exception {
    JsonObject vector = vector("handshake-level5.json");
    payloads(vector, Suite.ML_KEM_1024_AES_256_GCM);
    secrets(vector, Suite.ML_KEM_1024_AES_256_GCM, new JdkDerivation(384));
  }

  /** Read and written byte for byte, with the share and the encapsulation of the text. */
  private static void payloads(JsonObject vector, Suite suite) throws Exception {
    JsonObject request = JsonObject.parse("request", vector.requireText("request"));
    JsonObject response = JsonObject.parse("response", vector.requireText("response"));
    Np2Offer offer = Np2Offer.of(request).orElseThrow();
    Np2Answer answer = Np2Answer.of(response).orElseThrow();
    assertEquals(request.requireObject(Np2Offer.FIELD).toJson(), offer.toJson().toJson());
    assertEquals(response.requireObject(Np2Offer.FIELD).toJson(), answer.toJson().toJson());
    Np2Answer.Chosen chosen = answer.chosen().orElseThrow();
    assertEquals(suite, offer.suites().get(0));
    assertEquals(suite, chosen.suite());
    assertEquals(Level.L3, chosen.suite().level());
    Base64.Decoder base64 = Base64.getDecoder();
    same(vector, "clientShare", base64.decode(offer.keys().get(suite.keyAgreement())));
    same(vector, "encapsulated", base64.decode(chosen.encapsulated()));
    byte[] signed = vector.requireText("request").getBytes(UTF_8);
    assertEquals(
        Base64.getEncoder().encodeToString(new JdkDerivation().hash(signed)), answer.requestHash());
  }

  private static void secrets(JsonObject vector, Suite suite, JdkDerivation derivation)
      throws Exception {
    byte[] transcript =
        new HandshakeKeys(derivation)
            .transcript(
                vector.requireText("request").getBytes(UTF_8),
                vector.requireText("response").getBytes(UTF_8));
    SuiteAlgorithms algorithms =
        new SuiteAlgorithms(
            suite, new NothingElse.Agreement(), derivation, new NothingElse.RecordsCipher());
    Secret shared = Secret.owning(HEX.parseHex(vector.requireText("shared")));
    Np2Keys keys =
        HandshakeKeys.keys(true, algorithms, new NothingElse.NoSuites(), transcript, shared);
    same(vector, "T", keys.transcript());
    same(vector, "root", keys.root());
    same(vector, "confirmClient", keys.confirmClient());
    same(vector, "confirmDevice", keys.confirmDevice());
    same(vector, "resume", keys.resume());
    same(vector, "export", keys.export());
    link(vector.requireObject("link"), keys, new LinkKeys(derivation));
  }

  private static void link(JsonObject vector, Np2Keys keys, LinkKeys schedule) throws Exception {
    LinkPreface first = new LinkPreface(0, 0);
    for (boolean client : new boolean[] {true, false}) {
      JsonObject direction = vector.requireObject(client ? "client" : "device");
      Secret traffic = schedule.traffic(keys.root(), keys.transcript(), first, client);
      same(direction, "traffic", traffic);
      same(direction, "key", schedule.key(traffic, 32));
      same(direction, "iv", schedule.iv(traffic, 12));
    }
    same(vector, "spent", schedule.spent(keys.root()));
    same(vector, "clientConfirm", schedule.confirm(keys.confirmClient(), keys.transcript(), first));
  }
}
