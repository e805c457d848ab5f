package org.noports.identity;

import java.security.GeneralSecurityException;
import org.noports.api.IdentityUnusable;

/** Base64 of a wrapped key as an atServer hands it on. */
final class WrappedText {
  private WrappedText() {}

  static byte[] decode(String base64) throws IdentityUnusable {
    try {
      return CounterMode.decode(base64);
    } catch (GeneralSecurityException e) {
      throw new IdentityUnusable(
          "The symmetric key of an enrollment is not base64: deny it, and ask for another", e);
    }
  }
}
