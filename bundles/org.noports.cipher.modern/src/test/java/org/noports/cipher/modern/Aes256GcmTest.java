package org.noports.cipher.modern;

import static org.junit.Assert.assertThrows;

import java.nio.ByteBuffer;
import org.junit.Test;
import org.noports.api.Secret;
import org.noports.api.cipher.RecordCipher;
import org.noports.api.cipher.RecordSeal;
import org.noports.testkit.cipher.RecordCipherContract;

/** AES-256-GCM against what was published. */
public class Aes256GcmTest extends RecordCipherContract {
  @Override
  protected RecordCipher cipher() {
    return new Aes256Gcm();
  }

  /** Test case 16 of the GCM specification (McGrew and Viega), with additional data. */
  @Test
  public void sealsAsTheSpecificationDoes() throws Exception {
    RecordVector.check(
        cipher(),
        "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
        "cafebabefacedbaddecaf888",
        "feedfacedeadbeeffeedfacedeadbeefabaddad2",
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
            + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
            + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662",
        "76fc6ece0f4e1768cddf8853bb2d551b");
  }

  /** Test cases 13 and 14: nothing, and a block of zeros. */
  @Test
  public void sealsNothingAndZerosAsTheSpecificationDoes() throws Exception {
    String zeros = "00".repeat(32);
    RecordVector.check(
        cipher(), zeros, "00".repeat(12), "", "", "", "530f8afbc74536b9a963b4f1c4cb738b");
    RecordVector.check(
        cipher(),
        zeros,
        "00".repeat(12),
        "",
        "00".repeat(16),
        "cea7403d4d606b6e074ec5d3baf39d18",
        "d0d1c8a799996bf0265b98b5d48ab919");
  }

  @Test
  public void refusesANonceTwiceInARow() throws Exception {
    try (RecordSeal seal = cipher().sealing(Secret.owning(new byte[32]))) {
      ByteBuffer sealed = ByteBuffer.allocate(64);
      ByteBuffer none = ByteBuffer.allocate(0);
      seal.seal(new byte[12], none, none, sealed);
      assertThrows(
          IllegalArgumentException.class, () -> seal.seal(new byte[12], none, none, sealed));
    }
  }

  @Test
  public void agreesWithWycheproofWhereItIs() throws Exception {
    RecordVector.checkAll("wycheproof/aes_gcm_test.json", cipher());
  }
}
