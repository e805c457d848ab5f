package org.noports.api.identity;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * The two keys that all programs of an atSign share, encrypted under the symmetric key of one
 * enrollment, as they wait at the atServer for it (docs/protocol/atprotocol.md 3.6).
 *
 * @param encryptionPrivateKey base64 PKCS#8 text of the encryption key pair's private half
 * @param selfEncryptionKey base64 text of the AES-256 key for the atSign's own values
 */
public record ConveyedKeys(Sealed encryptionPrivateKey, Sealed selfEncryptionKey) {
  public ConveyedKeys {
    requireNonNull(encryptionPrivateKey, "encryptionPrivateKey is null");
    requireNonNull(selfEncryptionKey, "selfEncryptionKey is null");
  }

  /**
   * One of them.
   *
   * @param text base64 of what was encrypted
   * @param iv base64 of the counter's 16 first bytes; older programs use zeros and do not say so
   */
  public record Sealed(String text, Optional<String> iv) {
    public Sealed {
      requireNonNull(text, "text is null");
      requireNonNull(iv, "iv is null");
    }
  }
}
