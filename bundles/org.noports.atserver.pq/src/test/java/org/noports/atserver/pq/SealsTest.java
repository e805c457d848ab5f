package org.noports.atserver.pq;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Properties;
import org.junit.Test;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.cipher.KeyShare;
import org.noports.atserver.pq.SealRefused.Reason;

public class SealsTest {
  private static final byte[] INFO = "at/nskey:@alice:sshnp".getBytes(StandardCharsets.UTF_8);
  private static final byte[] OTHER = "at/nskey:@alice:other".getBytes(StandardCharsets.UTF_8);
  private static final byte[] CLEAR = HexFormat.of().parseHex("0123456789abcdef".repeat(4));

  private final CipherCatalogue ciphers = RealCiphers.ciphers();
  private final Hpke hpke = new Hpke(ciphers);
  private final Seals seals = new Seals(hpke);

  private static Secret seed(HpkeSuite suite, int fill) {
    byte[] seed = new byte[suite.sizes().seed()];
    Arrays.fill(seed, (byte) fill);
    return Secret.owning(seed);
  }

  private byte[] sealed(HpkeSuite suite) throws Exception {
    try (KeyShare share = ciphers.keyAgreement(suite.agreement()).restore(seed(suite, 7))) {
      return seals.seal(suite, share.publicKey(), INFO, Secret.copyOf(CLEAR));
    }
  }

  private Reason refused(HpkeSuite suite, byte[] seal) {
    return assertThrows(SealRefused.class, () -> seals.open(seal, seed(suite, 7), INFO)).reason();
  }

  @Test
  public void opensWhatItSealsInTheLayoutThatIsPublished() throws Exception {
    for (HpkeSuite suite : HpkeSuite.values()) {
      byte[] seal = sealed(suite);
      assertEquals(suite == HpkeSuite.X_WING ? 1171 : 1619, seal.length);
      assertEquals(suite == HpkeSuite.X_WING ? 0x02 : 0x03, seal[0]);
      assertEquals(suite == HpkeSuite.X_WING ? 0x0460 : 0x0620, seal[1] << 8 | seal[2]);
      assertEquals(suite, Seals.suite(seal));
      assertArrayEquals(CLEAR, seals.open(seal, seed(suite, 7), INFO).exposeSecretBytes());
    }
  }

  @Test
  public void anotherKeyAnotherUseAndEachChangedPartDoNotAuthenticate() throws Exception {
    for (HpkeSuite suite : HpkeSuite.values()) {
      byte[] seal = sealed(suite);
      assertEquals(
          Reason.AUTHENTICATION,
          assertThrows(SealRefused.class, () -> seals.open(seal, seed(suite, 8), INFO)).reason());
      assertEquals(
          Reason.AUTHENTICATION,
          assertThrows(SealRefused.class, () -> seals.open(seal, seed(suite, 7), OTHER)).reason());
      for (int at : new int[] {100, seal.length - 17, seal.length - 1}) {
        byte[] changed = seal.clone();
        changed[at] ^= 1;
        assertEquals("byte " + at, Reason.AUTHENTICATION, refused(suite, changed));
      }
    }
  }

  @Test
  public void versionsThatAreRetiredOrNotYetKnownAreNamed() throws Exception {
    byte[] seal = sealed(HpkeSuite.X_WING);
    for (int version : new int[] {0, 1, 4, 0xff}) {
      seal[0] = (byte) version;
      assertEquals(Reason.VERSION, refused(HpkeSuite.X_WING, seal));
    }
  }

  @Test
  public void aSealUnderAnotherLabelAndOnesThatAreCutAreMalformed() throws Exception {
    byte[] seal = sealed(HpkeSuite.X_WING);
    for (int length : new int[] {0, 2, 3, 1122, 1123 + HpkeAead.TAG - 1}) {
      assertEquals(
          "length " + length,
          Reason.MALFORMED,
          refused(HpkeSuite.X_WING, Arrays.copyOf(seal, length)));
    }
    seal[0] = 3;
    assertEquals(Reason.MALFORMED, refused(HpkeSuite.ML_KEM_1024, seal));
    seal[0] = 2;
    seal[2]++;
    assertEquals(Reason.MALFORMED, refused(HpkeSuite.X_WING, seal));
  }

  @Test
  public void nothingIsSealedForAKeyOfAnotherKem() {
    assertThrows(
        ProtocolViolation.class,
        () -> seals.seal(HpkeSuite.X_WING, new byte[1568], INFO, Secret.copyOf(CLEAR)));
  }

  /** A plain clone has these: made here, the schedule recomputed by another program. */
  @Test
  public void opensTheSealsThatWereMadeOnce() throws Exception {
    Properties kept = new Properties();
    try (InputStream in = SealsTest.class.getResourceAsStream("/vectors/seals.properties")) {
      kept.load(in);
    }
    HexFormat hex = HexFormat.of();
    for (HpkeSuite suite : HpkeSuite.values()) {
      String name = suite.name();
      byte[] seal = hex.parseHex(kept.getProperty(name + ".seal"));
      assertArrayEquals(CLEAR, seals.open(seal, seed(suite, 7), INFO).exposeSecretBytes());
      Secret shared = Secret.owning(hex.parseHex(kept.getProperty(name + ".shared")));
      try (Hpke.Schedule schedule = hpke.schedule(suite, shared, INFO)) {
        assertEquals(
            kept.getProperty(name + ".key"), hex.formatHex(schedule.key().exposeSecretBytes()));
        assertEquals(kept.getProperty(name + ".nonce"), hex.formatHex(schedule.nonce()));
      }
    }
  }
}
