package org.noports.identity;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import org.noports.api.AtSign;
import org.noports.api.IdentityUnusable;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.api.identity.Identity;
import org.noports.protocol.atkeys.AtKeysFile;

/** Reads a key file, whoever wrote it; each way it can be wrong has its own sentence. */
final class AtKeysReader {
  /** Real files have 8 to 12 KiB; what is much larger is no key file. */
  private static final int MAX_BYTES = 256 * 1024;

  private static final String PKAM = "aesPkam";
  private static final String ENCRYPT = "aesEncrypt";

  private final AtSign atSign;
  private final Path file;

  private AtKeysReader(AtSign atSign, Path file) {
    this.atSign = atSign;
    this.file = file;
  }

  static Identity read(AtSign atSign, Path file) throws IdentityUnusable {
    return new AtKeysReader(atSign, file).identity();
  }

  static IdentityUnusable unreadable(AtSign atSign, Path file, IOException cause) {
    return new IdentityUnusable(
        "The key file of "
            + atSign
            + " cannot be read: "
            + file
            + " ("
            + cause.getClass().getSimpleName()
            + "); check who owns it and its permissions",
        cause);
  }

  private Identity identity() throws IdentityUnusable {
    try (AtKeysFile keys = parsed()) {
      if (!keys.atSign().orElse(atSign).equals(atSign)) {
        throw ofSomebodyElse(keys.atSign().orElse(atSign));
      }
      try (SelfCipher cipher = selfCipher(keys)) {
        String pkamPrivate = keys.pkamPrivateKey().orElseThrow(this::inSecureElement);
        return new RsaIdentity(
            atSign,
            keys.enrollmentId(),
            pair(cipher, PKAM, keys.pkamPublicKey(), pkamPrivate),
            pair(cipher, ENCRYPT, keys.encryptionPublicKey(), keys.encryptionPrivateKey()));
      }
    }
  }

  private AtKeysFile parsed() throws IdentityUnusable {
    byte[] bytes = bytes();
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

  private byte[] bytes() throws IdentityUnusable {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw damaged("it is too large for a key file", null);
      }
      return bytes;
    } catch (IOException e) {
      throw unreadable(atSign, file, e);
    }
  }

  private IdentityUnusable ofSomebodyElse(AtSign owner) {
    return new IdentityUnusable(
        "The key file "
            + file
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
    return new IdentityUnusable(
        "The key file of "
            + atSign
            + " cannot be used: "
            + file
            + ": "
            + why
            + "; restore it from a copy, or cut new keys",
        cause);
  }
}
