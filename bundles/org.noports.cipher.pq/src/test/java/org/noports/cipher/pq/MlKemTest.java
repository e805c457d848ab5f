package org.noports.cipher.pq;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.Test;
import org.noports.api.ProtocolViolation;

/** Both parameter sets against FIPS 203: what is made, what is refused. */
public class MlKemTest {
  private final List<MlKem> sets = List.of(MlKem.of768(engine()), MlKem.of1024(engine()));

  /** Another one in the tests of what the JDK computes. */
  MlKemEngine engine() {
    return new BouncyCastleMlKem();
  }

  private static HexVectors vector(MlKem set) {
    return new HexVectors(set.toString().toLowerCase(java.util.Locale.ROOT) + ".properties");
  }

  @Test
  public void makesAndOpensAsTheStandardDoes() throws Exception {
    for (MlKem set : sets) {
      HexVectors vector = vector(set);
      var key = set.pair(vector.bytes("seed"));
      assertArrayEquals(vector.bytes("ek"), key.publicKey());
      MlKemEngine.Made made = set.encapsulate(vector.bytes("ek"), vector.bytes("m"));
      assertArrayEquals(vector.bytes("1.c"), made.ciphertext());
      assertArrayEquals(vector.bytes("1.K"), made.secret());
      assertArrayEquals(vector.bytes("1.K"), set.open(key, vector.bytes("1.c")));
    }
  }

  @Test
  public void whatWasChangedOpensToTheStandardsOtherSecret() throws Exception {
    for (MlKem set : sets) {
      HexVectors vector = vector(set);
      byte[] opened = set.open(set.pair(vector.bytes("seed")), vector.bytes("2.c"));
      assertArrayEquals(vector.bytes("2.K"), opened);
      assertThat(opened, not(equalTo(vector.bytes("1.K"))));
    }
  }

  /** The first and the last coefficient, in either half of their three bytes. */
  @Test
  public void refusesCoefficientsThatAreNotBelowTheModulus() {
    for (MlKem set : sets) {
      int last = set.publicKey() - 32;
      for (int at : new int[] {0, last - 3}) {
        refused(set, at, 0x01, 0x0d, 0x00);
        refused(set, at, 0x00, 0x10, 0xd0);
        refused(set, at, 0xff, 0xff, 0xff);
      }
    }
  }

  private static void refused(MlKem set, int at, int... three) {
    byte[] key = vector(set).bytes("ek");
    for (int i = 0; i < three.length; i++) {
      key[at + i] = (byte) three[i];
    }
    ProtocolViolation refusal =
        assertThrows(ProtocolViolation.class, () -> set.encapsulate(key, new byte[32]));
    assertThat(
        refusal.getMessage(),
        containsString("A public key of " + set + " has a coefficient that is not below 3329"));
  }

  /** 3328 is the greatest that there is. */
  @Test
  public void takesTheGreatestCoefficient() throws Exception {
    for (MlKem set : sets) {
      byte[] key = vector(set).bytes("ek");
      key[0] = 0x00;
      key[1] = 0x0d;
      key[2] = (byte) 0xd0;
      set.encapsulate(key, new byte[32]);
    }
  }

  @Test
  public void refusesAKeyOfZeros() {
    for (MlKem set : sets) {
      byte[] key = vector(set).bytes("ek");
      Arrays.fill(key, 0, set.publicKey() - 32, (byte) 0);
      ProtocolViolation refusal =
          assertThrows(ProtocolViolation.class, () -> set.encapsulate(key, new byte[32]));
      assertThat(refusal.getMessage(), containsString("gives no secret"));
    }
  }

  @Test
  public void saysWhichLengthIsWrong() throws Exception {
    MlKem set = sets.get(0);
    var key = set.pair(vector(set).bytes("seed"));
    ProtocolViolation refusal =
        assertThrows(ProtocolViolation.class, () -> set.open(key, new byte[1087]));
    assertThat(
        refusal.getMessage(),
        containsString("A ciphertext of ML-KEM-768 has 1088 bytes, not 1087"));
  }
}
