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
import java.util.List;
import org.noports.api.AtSign;
import org.noports.api.IdentityUnusable;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.api.identity.Identity;
import org.noports.protocol.json.JsonObject;

/** Reads a key file, whoever wrote it; each way it can be wrong has its own sentence. */
final class AtKeysReader {
  /** Real files have 8 to 12 KiB; what is much larger is no key file. */
  private static final int MAX_BYTES = 256 * 1024;

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
    JsonObject fields = json();
    checkOwner(fields);
    try (Secret selfKey = secretText(fields, AtKeysFields.SELF_KEY);
        SelfCipher cipher = selfCipher(selfKey)) {
      return new RsaIdentity(
          atSign,
          optionalText(fields, AtKeysFields.ENROLLMENT_ID),
          pair(fields, cipher, AtKeysFields.PKAM_PUBLIC, AtKeysFields.PKAM_PRIVATE),
          pair(fields, cipher, AtKeysFields.ENCRYPT_PUBLIC, AtKeysFields.ENCRYPT_PRIVATE));
    }
  }

  private JsonObject json() throws IdentityUnusable {
    byte[] bytes = bytes();
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return JsonObject.parse("key file", text);
    } catch (CharacterCodingException e) {
      throw damaged("it is not UTF-8 text and so not JSON", e);
    } catch (ProtocolViolation e) {
      throw damaged("it is not a JSON object (" + e.getMessage() + ")", e);
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

  /** Some programs write the owner's name as a field; where names stand, ours must be one. */
  private void checkOwner(JsonObject fields) throws IdentityUnusable {
    List<String> owners =
        fields.fields().keySet().stream().filter(name -> name.startsWith("@")).toList();
    if (!owners.isEmpty() && owners.stream().noneMatch(this::isOurs)) {
      throw new IdentityUnusable(
          "The key file "
              + file
              + " holds the keys of "
              + String.join(", ", owners)
              + ", not of "
              + atSign
              + ": rename it, or put the right file in its place");
    }
  }

  private boolean isOurs(String owner) {
    try {
      return AtSign.of(owner).equals(atSign);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private SelfCipher selfCipher(Secret selfKey) throws IdentityUnusable {
    try {
      return SelfCipher.of(selfKey);
    } catch (GeneralSecurityException e) {
      throw undecodable(AtKeysFields.SELF_KEY, e);
    }
  }

  private RsaPair pair(JsonObject fields, SelfCipher cipher, String open, String secret)
      throws IdentityUnusable {
    byte[] pkcs8 = decoded(fields, cipher, secret);
    try {
      return RsaPair.of(opened(fields, cipher, open), pkcs8);
    } catch (GeneralSecurityException e) {
      throw undecodable(open + "' or '" + secret, e);
    } finally {
      Arrays.fill(pkcs8, (byte) 0);
    }
  }

  private byte[] decoded(JsonObject fields, SelfCipher cipher, String name)
      throws IdentityUnusable {
    byte[] base64 = openedBytes(fields, cipher, name);
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw undecodable(name, new GeneralSecurityException("it is not base64", e));
    } finally {
      Arrays.fill(base64, (byte) 0);
    }
  }

  private String opened(JsonObject fields, SelfCipher cipher, String name) throws IdentityUnusable {
    return new String(openedBytes(fields, cipher, name), StandardCharsets.US_ASCII);
  }

  private byte[] openedBytes(JsonObject fields, SelfCipher cipher, String name)
      throws IdentityUnusable {
    try (Secret text = cipher.open(text(fields, name))) {
      return text.exposeSecretBytes();
    } catch (GeneralSecurityException e) {
      throw undecodable(name, e);
    }
  }

  private Secret secretText(JsonObject fields, String name) throws IdentityUnusable {
    return Secret.owning(text(fields, name).trim().getBytes(StandardCharsets.UTF_8));
  }

  private String text(JsonObject fields, String name) throws IdentityUnusable {
    return optionalText(fields, name)
        .orElseThrow(() -> damaged("its field '" + name + "' is missing", null));
  }

  private java.util.Optional<String> optionalText(JsonObject fields, String name)
      throws IdentityUnusable {
    try {
      return fields.text(name).filter(text -> !text.isBlank());
    } catch (ProtocolViolation e) {
      throw damaged("its field '" + name + "' is not a text", e);
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
