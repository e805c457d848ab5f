package com.example.cipher;

import static org.junit.Assert.assertArrayEquals;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.Test;
import org.noports.api.Secret;
import org.noports.api.cipher.RecordCipher;
import org.noports.api.cipher.RecordSeal;
import org.noports.testkit.cipher.RecordCipherContract;

/** What is asked of every record cipher, and one published vector. */
public class Aes128GcmTest extends RecordCipherContract {
  @Override
  protected RecordCipher cipher() {
    return new Aes128Gcm();
  }

  /** Test case 2 of the GCM specification (McGrew and Viega): a block of zeros. */
  @Test
  public void sealsAsTheSpecificationDoes() throws Exception {
    ByteBuffer sealed = ByteBuffer.allocate(32);
    try (RecordSeal seal = cipher().sealing(Secret.owning(new byte[16]))) {
      seal.seal(new byte[12], ByteBuffer.allocate(0), ByteBuffer.allocate(16), sealed);
    }
    assertArrayEquals(
        HexFormat.of()
            .parseHex("0388dace60b6a392f328c2b971b2fe78" + "ab6e47d42cec13bdf53a67b21257bddf"),
        sealed.array());
  }
}
