package org.noports.cipher.pq;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Properties;
import java.util.Random;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.junit.Test;

/** What another implementation has signed is verified, and nothing else. */
public class MlDsa65Test {
  private final MlDsa65 algorithm = new MlDsa65();
  private final Properties vector = vector();
  private final byte[] message = text("message").getBytes(StandardCharsets.UTF_8);
  private final byte[] signature = bytes("signature");

  private static Properties vector() {
    Properties vector = new Properties();
    try (InputStream in = MlDsa65Test.class.getResourceAsStream("/vectors/ml-dsa-65.properties")) {
      vector.load(in);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return vector;
  }

  private String text(String name) {
    return vector.getProperty(name);
  }

  private byte[] bytes(String name) {
    return Base64.getDecoder().decode(text(name));
  }

  @Test
  public void aSignatureOfTheJdkVerifies() {
    assertEquals(MlDsa65.SIGNATURE, signature.length);
    assertTrue(algorithm.verifies(text("public"), message, signature));
    assertTrue(algorithm.verifies(" " + text("public") + "\n", message, signature));
  }

  @Test
  public void aSignatureWithTheExpandedPrivateKeyVerifies() throws Exception {
    byte[] expanded = bytes("private");
    assertEquals(4032, expanded.length);
    MLDSASigner signer = new MLDSASigner();
    signer.init(true, new MLDSAPrivateKeyParameters(MLDSAParameters.ml_dsa_65, expanded));
    signer.update(message, 0, message.length);
    assertTrue(algorithm.verifies(text("public"), message, signer.generateSignature()));
  }

  @Test
  public void oneBitMoreOrLessDoesNotVerify() {
    Random random = new Random(7);
    for (int i = 0; i < 100; i++) {
      byte[] changed = signature.clone();
      changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
      assertFalse(algorithm.verifies(text("public"), message, changed));
    }
    byte[] other = message.clone();
    other[0] ^= 1;
    assertFalse(algorithm.verifies(text("public"), other, signature));
  }

  @Test
  public void whatIsNoKeyAndNoSignatureVerifiesNothing() {
    for (String key :
        new String[] {
          "", "no base64!", "AAAA", text("signature"), text("private"), text("public") + "AAAA"
        }) {
      assertFalse(algorithm.verifies(key, message, signature));
    }
    for (int length : new int[] {0, 1, MlDsa65.SIGNATURE - 1, MlDsa65.SIGNATURE + 1}) {
      assertFalse(algorithm.verifies(text("public"), message, new byte[length]));
    }
  }
}
