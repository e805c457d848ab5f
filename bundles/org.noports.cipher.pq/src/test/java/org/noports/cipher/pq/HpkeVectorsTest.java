package org.noports.cipher.pq;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.Test;
import org.noports.api.cipher.KeyShare;
import org.noports.testkit.Vectors;

/** The KEM's part of the HPKE working group's vectors: who else speaks X-Wing agrees with us. */
public class HpkeVectorsTest {
  private interface Maker {
    KeyShare of(byte[] seed) throws Exception;
  }

  private static void check(String name, Maker maker) throws Exception {
    Optional<Path> file = Vectors.file("hpke/" + name);
    if (file.isPresent()) {
      String json = Files.readString(file.get());
      KeyShare share = maker.of(bytes(json, "skRm"));
      assertArrayEquals(bytes(json, "pkRm"), share.publicKey());
      assertArrayEquals(
          bytes(json, "shared_secret"), share.open(bytes(json, "enc")).exposeSecretBytes());
    }
  }

  private static byte[] bytes(String json, String field) {
    Matcher value = Pattern.compile("\"" + field + "\": \"([0-9a-f]+)\"").matcher(json);
    assertTrue(field, value.find());
    return HexFormat.of().parseHex(value.group(1));
  }

  @Test
  public void opensWhatTheWorkingGroupEncapsulatedWhereTheVectorsAre() throws Exception {
    check("hpke_0x647a_hkdf-sha256_chacha20poly1305.json", new XWing()::share);
    check("hpke_0x0042_hkdf-sha384_aes256gcm.json", new MlKem1024()::share);
  }
}
