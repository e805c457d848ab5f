package org.noports.protocol.np2;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.List;
import org.junit.Test;
import org.noports.api.tunnel.Level;
import org.noports.api.tunnel.Suite;

public class SuiteTest {
  @Test
  public void aSuiteIsReadAsItIsWritten() {
    assertEquals("x25519+sha256+aes256gcm", Suite.X25519_AES_256_GCM.toString());
    assertEquals(Suite.X25519_AES_256_GCM, Suite.of("x25519+sha256+aes256gcm"));
    assertEquals(
        Suite.X25519_CHACHA20_POLY1305, Suite.of(Suite.X25519_CHACHA20_POLY1305.toString()));
  }

  @Test
  public void theLevelIsThatOfItsKeyAgreementAndTheUnknownIsNotTheBest() {
    assertEquals(Level.L2, Suite.X25519_AES_256_GCM.level());
    assertEquals(Level.L3, Suite.of("x-wing+sha256+aes256gcm").level());
    assertEquals(Level.L3, Suite.of("mlkem1024+sha384+aes256gcm").level());
    assertEquals(Level.L2, Suite.of("new-wing+sha256+aes256gcm").level());
  }

  @Test
  public void itSaysAgainstWhomItKeepsSecrets() {
    assertTrue(Suite.X_WING_AES_256_GCM.secrecy().startsWith("hybrid (X25519 with ML-KEM-768"));
    assertTrue(Suite.ML_KEM_1024_AES_256_GCM.secrecy().startsWith("post-quantum (ML-KEM-1024"));
    assertTrue(Suite.X25519_AES_256_GCM.secrecy().startsWith("classical (X25519"));
    assertEquals("unknown here (new-wing)", Suite.of("new-wing+sha256+aes256gcm").secrecy());
  }

  @Test
  public void whatIsNoSuiteIsRefusedInOneLine() {
    for (String text :
        List.of(
            "",
            "x25519",
            "x25519+sha256",
            "x25519+sha256+",
            "+sha256+aes256gcm",
            "x25519+sha256+aes256gcm+more",
            "X25519+sha256+aes256gcm",
            "-x+sha256+aes256gcm",
            "x25519+sha 256+aes256gcm",
            "x25519+sha256+aes256gcm\n",
            "a".repeat(32) + "+sha256+aes256gcm",
            "a+".repeat(100))) {
      var refusal = assertThrows(IllegalArgumentException.class, () -> Suite.of(text));
      assertEquals(-1, refusal.getMessage().indexOf('\n'));
    }
  }
}
