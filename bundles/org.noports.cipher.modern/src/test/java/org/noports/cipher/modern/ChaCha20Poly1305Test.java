package org.noports.cipher.modern;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.HexFormat;
import org.junit.Test;
import org.noports.api.cipher.RecordCipher;
import org.noports.testkit.cipher.RecordCipherContract;

/** ChaCha20-Poly1305 against what was published. */
public class ChaCha20Poly1305Test extends RecordCipherContract {
  @Override
  protected RecordCipher cipher() {
    return new ChaCha20Poly1305();
  }

  /** RFC 8439 2.8.2. */
  @Test
  public void sealsAsTheRfcDoes() throws Exception {
    String clear =
        "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the"
            + " future, sunscreen would be it.";
    RecordVector.check(
        cipher(),
        "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f",
        "070000004041424344454647",
        "50515253c0c1c2c3c4c5c6c7",
        HexFormat.of().formatHex(clear.getBytes(US_ASCII)),
        "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d6"
            + "3dbea45e8ca9671282fafb69da92728b1a71de0a9e060b2905d6a5b67ecd3b36"
            + "92ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc"
            + "3ff4def08e4b7a9de576d26586cec64b6116",
        "1ae10b594f09e26a7e902ecbd0600691");
  }

  /** Made with OpenSSL; the RFC's own record has less additional data than one block. */
  @Test
  public void sealsAsOthersDoWhereTheAdditionalDataFillsABlock() throws Exception {
    String key = "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f";
    String nonce = "070000004041424344454647";
    String clear = "61207265636f7264206f66206f757273";
    String sealed = "fe5b9b38629232de358de9db59f478dd";
    String block = "000102030405060708090a0b0c0d0e0f";
    RecordVector.check(
        cipher(), key, nonce, block, clear, sealed, "83158083206724e1ab6bebaad22bafb6");
    RecordVector.check(
        cipher(),
        key,
        nonce,
        block + "101112131415161718191a1b1c1d1e1f20",
        clear,
        sealed,
        "6fce6b5daab49db6e0cc07c3733f820d");
  }

  @Test
  public void agreesWithWycheproofWhereItIs() throws Exception {
    RecordVector.checkAll("wycheproof/chacha20_poly1305_test.json", cipher());
  }
}
