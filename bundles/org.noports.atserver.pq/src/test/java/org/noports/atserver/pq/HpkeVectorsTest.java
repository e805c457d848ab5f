package org.noports.atserver.pq;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.Test;
import org.noports.api.Secret;
import org.noports.protocol.json.JsonArray;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.json.JsonValue;
import org.noports.testkit.Vectors;

/** The HPKE working group's vectors, from the seed to each of its ciphertexts. */
public class HpkeVectorsTest {
  private static final int ENCRYPTIONS = 10;

  private final Hpke hpke = new Hpke(RealCiphers.ciphers());

  @Test
  public void agreesOnXWingWhereTheVectorsAre() throws Exception {
    check(HpkeSuite.X_WING, "hpke/hpke_0x647a_hkdf-sha256_chacha20poly1305.json");
  }

  @Test
  public void agreesOnMlKem1024WhereTheVectorsAre() throws Exception {
    check(HpkeSuite.ML_KEM_1024, "hpke/hpke_0x0042_hkdf-sha384_aes256gcm.json");
  }

  private void check(HpkeSuite suite, String name) throws Exception {
    Optional<Path> file = Vectors.file(name);
    if (file.isEmpty()) {
      return;
    }
    JsonObject vector = JsonObject.parse(name, Files.readString(file.get()));
    assertArrayEquals(bytes(vector, "suite_id"), suite.id());
    assertEquals(suite.sizes().publicKey(), bytes(vector, "pkRm").length);
    assertEquals(suite.sizes().seed(), bytes(vector, "skRm").length);
    byte[] info = bytes(vector, "info");
    try (Secret shared = Secret.owning(bytes(vector, "shared_secret"));
        Hpke.Schedule schedule = hpke.schedule(suite, shared, info)) {
      assertArrayEquals(bytes(vector, "key"), schedule.key().exposeSecretBytes());
      assertArrayEquals(bytes(vector, "base_nonce"), schedule.nonce());
      encryptions(suite, vector, schedule);
    }
    JsonObject first = (JsonObject) vector.array("encryptions").orElseThrow().items().get(0);
    byte[] opened =
        hpke.open(
            suite,
            Secret.owning(bytes(vector, "skRm")),
            info,
            bytes(first, "aad"),
            new Hpke.Message(bytes(vector, "enc"), bytes(first, "ct")));
    assertArrayEquals(bytes(first, "pt"), opened);
  }

  /** Later ones have nonces that our seals never come to; they hold the AEAD. */
  private static void encryptions(HpkeSuite suite, JsonObject vector, Hpke.Schedule schedule)
      throws Exception {
    JsonArray all = vector.array("encryptions").orElseThrow();
    assertEquals(ENCRYPTIONS, all.items().size());
    for (JsonValue item : all.items()) {
      JsonObject one = (JsonObject) item;
      byte[] nonce = bytes(one, "nonce");
      byte[] sealed = suite.aead().seal(schedule.key(), nonce, bytes(one, "aad"), bytes(one, "pt"));
      assertArrayEquals(bytes(one, "ct"), sealed);
    }
    byte[] firstNonce = bytes((JsonObject) all.items().get(0), "nonce");
    assertEquals(ByteBuffer.wrap(firstNonce), ByteBuffer.wrap(schedule.nonce()));
  }

  private static byte[] bytes(JsonObject json, String field) throws Exception {
    return HexFormat.of().parseHex(json.requireText(field));
  }
}
