package org.noports.protocol.atkeys;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import java.util.Optional;
import org.junit.Test;
import org.noports.protocol.Refused;

public class LockedKeysTest {
  private static final String OLD =
      "{\"content\":\"AAAA\",\"iv\":\"AAECAwQFBgcICQoLDA0ODw==\",\"hashingAlgoType\":\"argon2id\"}";

  private static final String NEW =
      OLD.replace("{\"content", "{\"v\":1,\"content")
          .replace(
              "argon2id\"}",
              "argon2id\",\"salt\":\"MDEyMzQ1Njc4OWFiY2RlZg==\","
                  + "\"kdfParams\":{\"memory\":19456,\"iterations\":2,\"parallelism\":1}}");

  @Test
  public void bothFormsAreWrittenAsTheyWereRead() throws Exception {
    assertEquals(OLD, LockedKeys.find(OLD).orElseThrow().toText());
    assertEquals(NEW, LockedKeys.find(NEW).orElseThrow().toText());
    assertEquals(19456, LockedKeys.find(NEW).orElseThrow().costs().orElseThrow().memoryKiB());
  }

  @Test
  public void aKeyFileWithoutPassphraseIsNone() throws Exception {
    assertEquals(Optional.empty(), LockedKeys.find("{\"selfEncryptionKey\":\"x\"}"));
  }

  @Test
  public void aFileMustNotTakeAllOfTheMachine() {
    refused("memory", "19456", "2000000000");
    refused("memory", "19456", "-1");
    refused("iterations", ":2,", ":100000,");
    refused("parallelism", ":1}", ":1000}");
    refused("parallelism", ":1}", ":0}");
  }

  @Test
  public void whatIsMissingOrWrongIsNamed() {
    refused("salt", "MDEyMzQ1Njc4OWFiY2RlZg==", "MDEy");
    refused("salt", "\"salt\"", "\"pepper\"");
    refused("kdfParams", "kdfParams", "params");
    refused("version 2", "\"v\":1", "\"v\":2");
    refused("argon2id", "\"argon2id\"", "\"md5\"");
    refused("iv", "AAECAwQFBgcICQoLDA0ODw==", "AAEC");
    refused("content", "AAAA", "!");
  }

  private static void refused(String part, String good, String bad) {
    String message = Refused.message(() -> LockedKeys.find(NEW.replace(good, bad)));
    assertEquals(message, true, message.contains(part));
    assertFalse(message, message.contains("MDEyMzQ1"));
  }
}
