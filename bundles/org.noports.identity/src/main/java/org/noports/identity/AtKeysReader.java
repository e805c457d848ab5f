package org.noports.identity;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import org.noports.api.AtSign;
import org.noports.api.IdentityUnusable;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.api.identity.ConveyedKeys;
import org.noports.api.identity.Identity;
import org.noports.protocol.atkeys.AtKeysFile;

/** Makes an identity of a key file's text, whoever wrote it; each fault has its own sentence. */
final class AtKeysReader {
  private static final String PKAM = "aesPkam";
  private static final String ENCRYPT = "aesEncrypt";

  private final AtSign atSign;
  private final KeyFile file;
  private final boolean listed;

  private AtKeysReader(KeyFile file, boolean listed) {
    this.atSign = file.atSign();
    this.file = file;
    this.listed = listed;
  }

  /**
   * Reads {@code text}, which came from {@code file}.
   *
   * @param listed whether a list of signing keys is published, or one
   */
  static Identity read(KeyFile file, Secret text, boolean listed) throws IdentityUnusable {
    return new AtKeysReader(file, listed).identity(text);
  }

  /** Reads it to see that it is whole. */
  static void check(KeyFile file, Secret text) throws IdentityUnusable {
    read(file, text, false);
  }

  /** Encrypts the shared keys of {@code text} under {@code symmetric}. */
  static ConveyedKeys convey(KeyFile file, Secret text, SymmetricKey symmetric)
      throws IdentityUnusable {
    return new AtKeysReader(file, false).conveyed(text, symmetric);
  }

  private ConveyedKeys conveyed(Secret text, SymmetricKey symmetric) throws IdentityUnusable {
    try (AtKeysFile keys = parsed(text);
        SelfCipher cipher = selfCipher(keys)) {
      RsaPair encryption =
          pair(cipher, ENCRYPT, keys.encryptionPublicKey(), keys.encryptionPrivateKey());
      return symmetric.convey(encryption, cipher);
    }
  }

  private Identity identity(Secret text) throws IdentityUnusable {
    try (AtKeysFile keys = parsed(text)) {
      if (!keys.atSign().orElse(atSign).equals(atSign)) {
        throw ofSomebodyElse(keys.atSign().orElse(atSign));
      }
      try (SelfCipher cipher = selfCipher(keys)) {
        String pkamPrivate = keys.pkamPrivateKey().orElseThrow(this::inSecureElement);
        PostQuantumReader typed = new PostQuantumReader(file, keys);
        return new KeyFileIdentity(
            atSign,
            typed.enrollmentId(),
            pair(cipher, PKAM, keys.pkamPublicKey(), pkamPrivate),
            pair(cipher, ENCRYPT, keys.encryptionPublicKey(), keys.encryptionPrivateKey()),
            typed.keys(listed));
      }
    }
  }

  private AtKeysFile parsed(Secret text) throws IdentityUnusable {
    byte[] bytes = text.exposeSecretBytes();
    try {
      return AtKeysFile.parse(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      throw damaged("it is not UTF-8 text and so not JSON", e);
    } catch (ProtocolViolation e) {
      throw damaged(e.getMessage(), e);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private IdentityUnusable ofSomebodyElse(AtSign owner) {
    return new IdentityUnusable(
        "The key file "
            + file.path()
            + " holds the keys of "
            + owner
            + ", not of "
            + atSign
            + ": rename it, or put the right file in its place");
  }

  private IdentityUnusable inSecureElement() {
    return damaged(
        "its field 'aesPkamPrivateKey' is missing (keys in a secure element are not supported)",
        null);
  }

  private SelfCipher selfCipher(AtKeysFile keys) throws IdentityUnusable {
    try {
      return SelfCipher.of(keys.selfEncryptionKey());
    } catch (GeneralSecurityException e) {
      throw undecodable("selfEncryptionKey", e);
    }
  }

  private RsaPair pair(SelfCipher cipher, String name, String open, String secret)
      throws IdentityUnusable {
    byte[] text = opened(cipher, name + "PublicKey", open);
    byte[] pkcs8 = decoded(cipher, name + "PrivateKey", secret);
    try {
      return RsaPair.of(new String(text, StandardCharsets.US_ASCII), pkcs8);
    } catch (GeneralSecurityException e) {
      throw undecodable(name + "PublicKey' or '" + name + "PrivateKey", e);
    } finally {
      Arrays.fill(pkcs8, (byte) 0);
    }
  }

  private byte[] decoded(SelfCipher cipher, String field, String sealed) throws IdentityUnusable {
    byte[] base64 = opened(cipher, field, sealed);
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw undecodable(field, new GeneralSecurityException("it is not base64", e));
    } finally {
      Arrays.fill(base64, (byte) 0);
    }
  }

  private byte[] opened(SelfCipher cipher, String field, String sealed) throws IdentityUnusable {
    try (Secret text = cipher.open(sealed)) {
      return text.exposeSecretBytes();
    } catch (GeneralSecurityException e) {
      throw undecodable(field, e);
    }
  }

  private IdentityUnusable undecodable(String field, GeneralSecurityException e) {
    return damaged("its field '" + field + "' cannot be decoded: " + e.getMessage(), e);
  }

  private IdentityUnusable damaged(String why, Exception cause) {
    return file.damaged(why, cause);
  }
}
