package org.noports.cipher.pq;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.Test;
import org.noports.api.ProtocolViolation;
import org.noports.testkit.Vectors;
import org.noports.testkit.Wycheproof;

/** Project Wycheproof's ML-KEM: seeds, ciphertexts and keys, right and wrong. */
public class WycheproofMlKemTest {
  private final MlKem smaller = MlKem.of768(engine());
  private final MlKem larger = MlKem.of1024(engine());

  /** Another one in the tests of what the JDK computes. */
  MlKemEngine engine() {
    return new BouncyCastleMlKem();
  }

  private static byte[] bytes(Map<String, String> fields, String name) {
    return HexFormat.of().parseHex(fields.getOrDefault(name, ""));
  }

  private interface Check {
    void of(Map<String, String> fields) throws Exception;
  }

  private static void all(String name, int atLeast, Check check) throws Exception {
    String file = "wycheproof/" + name + ".json";
    List<Map<String, String>> cases = Wycheproof.cases(file);
    for (Map<String, String> fields : cases) {
      try {
        check.of(fields);
      } catch (Exception | AssertionError e) {
        throw new AssertionError(name + " case " + fields.get("tcId"), e);
      }
    }
    assertEquals(Vectors.file(file).isPresent(), cases.size() >= atLeast);
  }

  @Test
  public void agreesOnEveryCiphertextWhereTheVectorsAre() throws Exception {
    all("mlkem_768_test", 190, fields -> opens(smaller, fields));
    all("mlkem_1024_test", 190, fields -> opens(larger, fields));
  }

  /** What is invalid there has a seed or a ciphertext of another length. */
  private static void opens(MlKem set, Map<String, String> fields) throws Exception {
    byte[] seed = bytes(fields, "seed");
    byte[] sent = bytes(fields, "c");
    if (seed.length != MlKem.SEED) {
      assertEquals("invalid", fields.get("result"));
    } else if (fields.get("result").equals("valid")) {
      var key = set.pair(seed);
      assertArrayEquals(bytes(fields, "ek"), key.publicKey());
      assertArrayEquals(bytes(fields, "K"), set.open(key, sent));
    } else {
      assertThrows(ProtocolViolation.class, () -> set.open(set.pair(seed), sent));
    }
  }

  @Test
  public void agreesOnEveryKeyToEncapsulateToWhereTheVectorsAre() throws Exception {
    all("mlkem_768_encaps_test", 260, this::encapsulates);
  }

  private void encapsulates(Map<String, String> fields) throws Exception {
    byte[] key = bytes(fields, "ek");
    byte[] random = bytes(fields, "m");
    if (fields.get("result").equals("valid") && !isZero(key)) {
      var made = smaller.encapsulate(key, random);
      assertArrayEquals(bytes(fields, "c"), made.ciphertext());
      assertArrayEquals(bytes(fields, "K"), made.secret());
    } else {
      assertThrows(ProtocolViolation.class, () -> smaller.encapsulate(key, random));
    }
  }

  /** Valid by the standard; what is encapsulated to such a key everybody can open. */
  private static boolean isZero(byte[] key) {
    return Arrays.equals(new byte[1152], Arrays.copyOf(key, 1152));
  }

  @Test
  public void makesTheKeysOfEverySeedWhereTheVectorsAre() throws Exception {
    all(
        "mlkem_768_keygen_seed_test",
        100,
        fields -> {
          var key = smaller.pair(bytes(fields, "seed"));
          assertArrayEquals(bytes(fields, "ek"), key.publicKey());
        });
  }
}
