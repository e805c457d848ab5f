package org.noports.cipher.pq;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.util.HexFormat;
import java.util.List;
import org.junit.Test;
import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.api.cipher.Encapsulation;
import org.noports.api.cipher.KeyAgreement;
import org.noports.api.cipher.KeyShare;
import org.noports.testkit.cipher.KeyAgreementContract;

/** X-Wing against its draft. */
public class XWingTest extends KeyAgreementContract {
  private static final int SEED = 32;
  private static final int POINT = 1184;
  private static final int ENCAPSULATED_POINT = 1088;

  /** Points of small order, with and without the bit that is ignored. */
  private static final List<String> NO_SECRETS =
      List.of(
          "00".repeat(32),
          "01" + "00".repeat(31),
          "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
          "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
          "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
          "00".repeat(31) + "80");

  private final HexVectors vectors = new HexVectors("x-wing.properties");
  private final XWing ours = new XWing(engine());

  /** Another one in the tests of what the JDK computes. */
  MlKemEngine engine() {
    return new BouncyCastleMlKem();
  }

  @Override
  protected KeyAgreement agreement() {
    return ours;
  }

  @Test
  public void agreesAsTheDraftDoes() throws Exception {
    for (int i = 1; i <= 3; i++) {
      KeyShare share = ours.share(vectors.bytes(i + ".seed"));
      assertArrayEquals(vectors.bytes(i + ".pk"), share.publicKey());
      Encapsulation made = ours.encapsulate(share.publicKey(), vectors.bytes(i + ".eseed"));
      assertArrayEquals(vectors.bytes(i + ".ct"), made.bytes());
      assertArrayEquals(vectors.bytes(i + ".ss"), made.secret().exposeSecretBytes());
      assertArrayEquals(
          vectors.bytes(i + ".ss"), share.open(vectors.bytes(i + ".ct")).exposeSecretBytes());
    }
  }

  @Test
  public void restoresAKeyOfItsSeedAsOftenAsItIsAsked() throws Exception {
    Secret seed = Secret.owning(vectors.bytes("1.seed"));
    for (int i = 0; i < 2; i++) {
      KeyShare share = agreement().restore(seed);
      assertArrayEquals(vectors.bytes("1.pk"), share.publicKey());
      assertArrayEquals(
          vectors.bytes("1.ss"), share.open(vectors.bytes("1.ct")).exposeSecretBytes());
    }
    assertThrows(
        CipherUnavailable.class, () -> agreement().restore(Secret.owning(new byte[SEED - 1])));
  }

  @Test
  public void hasTheDraftsLengths() throws Exception {
    try (KeyShare share = agreement().generate();
        Encapsulation made = agreement().encapsulate(share.publicKey())) {
      assertEquals(1216, share.publicKey().length);
      assertEquals(1120, made.bytes().length);
      assertEquals(32, made.secret().length());
    }
  }

  @Test
  public void refusesPointsThatGiveNoSecretAtBothEnds() throws Exception {
    for (String point : NO_SECRETS) {
      byte[] key = with(vectors.bytes("1.pk"), POINT, point);
      assertThrows(point, ProtocolViolation.class, () -> agreement().encapsulate(key));
      byte[] made = with(vectors.bytes("1.ct"), ENCAPSULATED_POINT, point);
      KeyShare share = agreement().generate();
      assertThrows(point, ProtocolViolation.class, () -> share.open(made));
    }
  }

  @Test
  public void refusesALatticeKeyThatIsNotWrittenCanonically() {
    byte[] key = with(vectors.bytes("1.pk"), 0, "010d");
    ProtocolViolation refused =
        assertThrows(ProtocolViolation.class, () -> agreement().encapsulate(key));
    assertThat(refused.getMessage(), containsString("not below 3329"));
  }

  private static byte[] with(byte[] bytes, int at, String hex) {
    byte[] part = HexFormat.of().parseHex(hex);
    System.arraycopy(part, 0, bytes, at, part.length);
    return bytes;
  }

  /** Either half is enough to make the secrets differ. */
  @Test
  public void aChangeOfEitherHalfGivesAnotherSecret() throws Exception {
    for (int at : new int[] {0, ENCAPSULATED_POINT - 1, ENCAPSULATED_POINT, 1119}) {
      byte[] made = vectors.bytes("1.ct");
      made[at] ^= 1;
      byte[] opened = ours.share(vectors.bytes("1.seed")).open(made).exposeSecretBytes();
      assertThat("byte " + at, opened, not(equalTo(vectors.bytes("1.ss"))));
    }
  }

  @Test
  public void wipesTheSeedsThatItIsGiven() throws Exception {
    byte[] seed = vectors.bytes("1.seed");
    KeyShare share = ours.share(seed);
    assertArrayEquals(new byte[32], seed);
    byte[] random = vectors.bytes("1.eseed");
    ours.encapsulate(share.publicKey(), random);
    assertArrayEquals(new byte[64], random);
  }
}
