package org.noports.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key file as another program writes it, built here from the format's description alone
 * (docs/protocol/atprotocol.md section 6): nothing of the bundle's own code is used.
 */
final class ForeignKeyFile {
  static final KeyPair PKAM = pair();
  static final KeyPair ENCRYPTION = pair();

  final Map<String, String> fields = new LinkedHashMap<>();

  private ForeignKeyFile() {}

  /** The five fields that the Java and Python programs write. */
  static ForeignKeyFile fiveFields() {
    byte[] self = new byte[32];
    for (int i = 0; i < self.length; i++) {
      self[i] = (byte) (i * 7 + 3);
    }
    ForeignKeyFile file = new ForeignKeyFile();
    file.fields.put("aesPkamPublicKey", seal(self, base64(PKAM.getPublic().getEncoded())));
    file.fields.put("aesPkamPrivateKey", seal(self, base64(PKAM.getPrivate().getEncoded())));
    file.fields.put("aesEncryptPublicKey", seal(self, base64(ENCRYPTION.getPublic().getEncoded())));
    file.fields.put(
        "aesEncryptPrivateKey", seal(self, base64(ENCRYPTION.getPrivate().getEncoded())));
    file.fields.put("selfEncryptionKey", base64(self));
    return file;
  }

  ForeignKeyFile with(String name, String value) {
    fields.put(name, value);
    return this;
  }

  ForeignKeyFile without(String name) {
    fields.remove(name);
    return this;
  }

  String json() {
    return fields.entrySet().stream()
        .map(field -> "\"" + field.getKey() + "\": \"" + field.getValue() + "\"")
        .collect(Collectors.joining(",\n  ", "{\n  ", "\n}\n"));
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /**
   * Counter mode done by hand on single blocks, so that a mistake in ours cannot cancel itself out.
   */
  private static String seal(byte[] key, String text) {
    try {
      Cipher padding = Cipher.getInstance("AES/CBC/PKCS5Padding");
      SecretKeySpec aes = new SecretKeySpec(key, "AES");
      padding.init(Cipher.ENCRYPT_MODE, aes, new IvParameterSpec(new byte[16]));
      byte[] clear = text.getBytes(StandardCharsets.UTF_8);
      byte[] out = new byte[padding.getOutputSize(clear.length)];
      byte fill = (byte) (out.length - clear.length);
      Cipher block = Cipher.getInstance("AES/ECB/NoPadding");
      block.init(Cipher.ENCRYPT_MODE, aes);
      for (int i = 0; i < out.length; i++) {
        byte[] counter = new byte[16];
        counter[15] = (byte) (i / 16);
        counter[14] = (byte) (i / 16 >> 8);
        byte in = i < clear.length ? clear[i] : fill;
        out[i] = (byte) (in ^ block.doFinal(counter)[i % 16]);
      }
      return base64(out);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static KeyPair pair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** RSAES-PKCS1-v1_5 for a base64 X.509 key. */
  static byte[] wrap(String publicKey, byte[] clear) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
    cipher.init(
        Cipher.ENCRYPT_MODE,
        KeyFactory.getInstance("RSA")
            .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(publicKey))));
    return cipher.doFinal(clear);
  }
}
