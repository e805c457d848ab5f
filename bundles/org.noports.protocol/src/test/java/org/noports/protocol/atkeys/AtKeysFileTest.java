package org.noports.protocol.atkeys;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.Optional;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.protocol.Refused;

public class AtKeysFileTest {
  private static final String FIVE =
      "{\"aesPkamPublicKey\":\"AAAA\",\"aesPkamPrivateKey\":\"BBBB\","
          + "\"aesEncryptPublicKey\":\"CCCC\",\"aesEncryptPrivateKey\":\"DDDD\","
          + "\"selfEncryptionKey\":\"U0VDUkVU\"}";

  private static final String ALL =
      FIVE.replace(
          "\"U0VDUkVU\"}",
          "\"U0VDUkVU\",\"@alice\":\"U0VDUkVU\",\"apkamSymmetricKey\":\"SECRET2=\","
              + "\"enrollmentId\":\"8b0c\",\"later\":{\"x\":1.0}}");

  @Test
  public void aFileOfTheFirstKeysIsWrittenAsItWasRead() throws Exception {
    AtKeysFile file = AtKeysFile.parse(FIVE);
    assertEquals(FIVE, file.toText());
    assertEquals(Optional.empty(), file.enrollmentId());
    assertArrayEquals("U0VDUkVU".getBytes(US_ASCII), file.selfEncryptionKey().exposeSecretBytes());
  }

  @Test
  public void aFileOfEnrolledKeysKeepsWhatWeDoNotKnow() throws Exception {
    AtKeysFile file = AtKeysFile.parse(ALL);
    assertEquals(ALL, file.toText());
    assertEquals(Optional.of(AtSign.of("@alice")), file.atSign());
    assertEquals(Optional.of("8b0c"), file.enrollmentId());
  }

  @Test
  public void typedKeysOfNewerProgramsAreKeptAsTheyStandAndNameTheirOwner() throws Exception {
    String typed =
        "\"version\":1,\"atsign\":\"@alice\",\"atsignKeys\":[{\"keyId\":\"root:mldsa65:1\",\"material\":"
            + "[{\"role\":\"privateSigning\",\"algorithm\":\"mldsa65\",\"status\":\"active\","
            + "\"bytes\":\"QUJD\"}]}],\"enrollments\":[{\"enrollmentId\":\"11ba\",\"namespaces\":"
            + "{\"buzz\":\"rw\"},\"keys\":[]}]}";
    AtKeysFile file = AtKeysFile.parse(FIVE.replace("\"}", "\",") + typed);
    assertEquals(Optional.of(AtSign.of("@alice")), file.atSign());
    assertTrue(file.toText(), file.toText().endsWith("," + typed));
    Refused.naming(
        "two atSigns", () -> AtKeysFile.parse(FIVE.replace("\"}", "\",\"@bob\":\"x\",") + typed));
  }

  @Test
  public void fieldsMayComeInAnyOrderAndWithWhiteSpace() throws Exception {
    AtKeysFile file =
        AtKeysFile.parse(
            "\n{ \"enrollmentId\" : null, \"selfEncryptionKey\":\"U0VDUkVU\\n\",\n"
                + "\"aesEncryptPrivateKey\":\"DDDD\",\"aesEncryptPublicKey\":\"CCCC\","
                + "\"aesPkamPrivateKey\":\"BBBB\",\"aesPkamPublicKey\":\"AAAA\"}\n");
    assertEquals(FIVE, file.toText());
  }

  @Test
  public void aPrivateKeyInASecureElementIsAbsent() throws Exception {
    AtKeysFile file = AtKeysFile.parse(FIVE.replace("\"aesPkamPrivateKey\":\"BBBB\",", ""));
    assertEquals(Optional.empty(), file.pkamPrivateKey());
    assertFalse(file.toText().contains("aesPkamPrivateKey"));
  }

  @Test
  public void malformedFilesAreRefusedByField() {
    Refused.naming("key file", () -> AtKeysFile.parse("-----BEGIN PRIVATE KEY-----"));
    Refused.naming("selfEncryptionKey", () -> AtKeysFile.parse(FIVE.replace("selfE", "selfe")));
    Refused.naming("aesPkamPublicKey", () -> AtKeysFile.parse(FIVE.replace("\"AAAA\"", "7")));
    Refused.naming("no atSign", () -> AtKeysFile.parse(ALL.replace("@alice", "@")));
    Refused.naming("passphrase", () -> AtKeysFile.parse("{\"content\":\"x\",\"iv\":\"y\"}"));
  }

  @Test
  public void aFileOfTwoAtSignsIsRefused() {
    Refused.naming(
        "two atSigns",
        () -> AtKeysFile.parse(ALL.replace("\"later\"", "\"@bob\":\"x\",\"later\"")));
  }

  @Test
  public void itNeverPrintsAKeyAndForgetsThemWhenClosed() throws Exception {
    AtKeysFile file = AtKeysFile.parse(ALL);
    assertEquals("AtKeysFile[@alice, enrollment 8b0c]", file.toString());
    file.close();
    assertThrows(IllegalStateException.class, file::toText);
  }

  @Test
  public void errorsDoNotQuoteTheFile() {
    String message = Refused.message(() -> AtKeysFile.parse(FIVE.replace("\"}", "\"")));
    assertFalse(message, message.contains("U0VD"));
  }
}
