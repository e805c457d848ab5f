package org.noports.cipher.pq;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import org.junit.Test;
import org.noports.api.CipherUnavailable;
import org.noports.api.Secret;
import org.noports.api.cipher.Encapsulation;
import org.noports.api.cipher.KeyAgreement;
import org.noports.api.cipher.KeyShare;
import org.noports.testkit.cipher.KeyAgreementContract;

public class MlKem1024Test extends KeyAgreementContract {
  private final HexVectors vector = new HexVectors("ml-kem-1024.properties");
  private final MlKem1024 ours = new MlKem1024(engine());

  /** Another one in the tests of what the JDK computes. */
  MlKemEngine engine() {
    return new BouncyCastleMlKem();
  }

  @Override
  protected KeyAgreement agreement() {
    return ours;
  }

  @Test
  public void agreesAsTheStandardDoes() throws Exception {
    KeyShare share = ours.share(vector.bytes("seed"));
    assertArrayEquals(vector.bytes("ek"), share.publicKey());
    Encapsulation made = ours.encapsulate(share.publicKey(), vector.bytes("m"));
    assertArrayEquals(vector.bytes("1.c"), made.bytes());
    assertArrayEquals(vector.bytes("1.K"), made.secret().exposeSecretBytes());
    assertArrayEquals(vector.bytes("1.K"), share.open(vector.bytes("1.c")).exposeSecretBytes());
  }

  @Test
  public void restoresAKeyOfItsSeed() throws Exception {
    Secret seed = Secret.owning(vector.bytes("seed"));
    KeyShare share = agreement().restore(seed);
    assertArrayEquals(vector.bytes("ek"), share.publicKey());
    assertArrayEquals(vector.bytes("1.K"), share.open(vector.bytes("1.c")).exposeSecretBytes());
    assertArrayEquals(vector.bytes("seed"), seed.exposeSecretBytes());
    assertThrows(CipherUnavailable.class, () -> agreement().restore(Secret.owning(new byte[32])));
  }

  @Test
  public void hasTheStandardsLengths() throws Exception {
    try (KeyShare share = agreement().generate();
        Encapsulation made = agreement().encapsulate(share.publicKey())) {
      assertEquals(1568, share.publicKey().length);
      assertEquals(1568, made.bytes().length);
      assertEquals(32, made.secret().length());
    }
  }

  @Test
  public void wipesTheSeedsThatItIsGiven() throws Exception {
    byte[] seed = vector.bytes("seed");
    KeyShare share = ours.share(seed);
    assertArrayEquals(new byte[64], seed);
    byte[] random = vector.bytes("m");
    ours.encapsulate(share.publicKey(), random);
    assertArrayEquals(new byte[32], random);
  }
}
