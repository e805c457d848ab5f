package org.noports.cipher.modern;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Map;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.api.cipher.RecordCipher;
import org.noports.api.cipher.RecordOpen;
import org.noports.api.cipher.RecordSeal;
import org.noports.testkit.Vectors;
import org.noports.testkit.Wycheproof;

/** Published records: sealed and opened, all in hex. */
final class RecordVector {
  private static final HexFormat HEX = HexFormat.of();

  private RecordVector() {}

  static void check(
      RecordCipher cipher,
      String key,
      String nonce,
      String additional,
      String clear,
      String sealed,
      String tag)
      throws Exception {
    try (RecordSeal seal = cipher.sealing(secret(key))) {
      ByteBuffer out = ByteBuffer.allocate(HEX.parseHex(clear).length + cipher.tagLength());
      seal.seal(HEX.parseHex(nonce), buffer(additional), buffer(clear), out);
      assertEquals(sealed + tag, HEX.formatHex(out.array()));
    }
    assertEquals(clear, open(cipher, key, nonce, additional, sealed + tag));
  }

  private static String open(
      RecordCipher cipher, String key, String nonce, String additional, String sealed)
      throws Exception {
    try (RecordOpen open = cipher.opening(secret(key))) {
      ByteBuffer in = buffer(sealed);
      ByteBuffer out = ByteBuffer.allocate(in.remaining() - cipher.tagLength());
      open.open(HEX.parseHex(nonce), buffer(additional), in, out);
      return HEX.formatHex(out.array());
    }
  }

  static void checkAll(String file, RecordCipher cipher) throws Exception {
    int cases = 0;
    for (Map<String, String> fields : Wycheproof.cases(file)) {
      boolean ours = fields.get("key").length() == 64 && fields.get("iv").length() == 24;
      if (ours) {
        checkOne(fields, cipher);
        cases++;
      }
    }
    if (Vectors.file(file).isPresent()) {
      assertThat(cases, greaterThan(60));
    }
  }

  private static void checkOne(Map<String, String> fields, RecordCipher cipher) throws Exception {
    String key = fields.get("key");
    String nonce = fields.get("iv");
    String additional = fields.get("aad");
    if (fields.get("result").equals("valid")) {
      String clear = fields.get("msg");
      check(cipher, key, nonce, additional, clear, fields.get("ct"), fields.get("tag"));
    } else {
      String sealed = fields.get("ct") + fields.get("tag");
      assertThrows(
          "case " + fields.get("tcId"),
          ProtocolViolation.class,
          () -> open(cipher, key, nonce, additional, sealed));
    }
  }

  private static Secret secret(String hex) {
    return Secret.owning(HEX.parseHex(hex));
  }

  private static ByteBuffer buffer(String hex) {
    return ByteBuffer.wrap(HEX.parseHex(hex));
  }
}
