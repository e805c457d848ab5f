package org.noports.atserver.host.record;

import java.util.List;
import org.noports.api.AtSign;

/**
 * Which keys have a meaning to the atServer itself, and who may see which by name
 * (docs/protocol/atprotocol.md 3.8, 3.9, 8).
 */
public final class KeyNames {
  public static final String PKAM_PUBLIC_KEY = "privatekey:at_pkam_publickey";
  public static final String CRAM_SECRET = "privatekey:at_secret";
  public static final String CRAM_SECRET_DELETED = "privatekey:at_secret_deleted";

  /** First character of the host's own keys; no key of the atProtocol can begin with it. */
  public static final String OWN = "~";

  private static final List<String> SERVER_MANAGED =
      List.of(".__manage", ".__otp", ".r.__e", ".d.__e", ".__pkams.__public_keys");

  /** Parts of the names under which an enrollment keeps keys. */
  private static final List<String> KEPT =
      List.of(".__public_keys.", ".__private_keys.", ".__self_keys.");

  private KeyNames() {}

  public static String encryptionPublicKey(AtSign self) {
    return "public:publickey" + self;
  }

  public static String signingPublicKey(AtSign self) {
    return "public:signing_publickey" + self;
  }

  public static String signingPrivateKey(AtSign self) {
    return self + ":signing_privatekey" + self;
  }

  /** Whom the atSign does not speak with. */
  public static String blockList(AtSign self) {
    return "private:blocklist" + self;
  }

  /** Whether the name is one of those that only the atServer gives (atprotocol.md 3.5 to 3.7). */
  public static boolean isServerManaged(String key) {
    int at = key.lastIndexOf('@');
    return at > 0
        && (SERVER_MANAGED.stream().anyMatch(key.substring(0, at)::endsWith)
            || KEPT.stream().anyMatch(key::contains));
  }

  /** Whether changes of the key are for the owner's other devices to sync. */
  public static boolean logged(String key) {
    return !isServerManaged(key)
        && !key.startsWith("private:")
        && !key.startsWith("privatekey:")
        && !key.startsWith(OWN)
        && (!key.startsWith("public:_") || key.startsWith("public:__"));
  }

  /** Whether nobody may delete it, its owner included: without it others cannot trust us. */
  public static boolean isProtected(AtSign self, String key) {
    return key.equals(encryptionPublicKey(self))
        || key.equals(signingPublicKey(self))
        || key.equals(signingPrivateKey(self))
        || key.equals(PKAM_PUBLIC_KEY);
  }

  /** Whether the owner's scan shows it; {@code showHidden} adds what begins with an underscore. */
  public static boolean shownToOwner(String key, boolean showHidden) {
    if (key.startsWith("private:") || key.startsWith("privatekey:") || key.startsWith(OWN)) {
      return false;
    }
    boolean hidden = key.startsWith("public:_") || key.startsWith("_");
    return !hidden || showHidden && (key.startsWith("public:__") || key.startsWith("_"));
  }
}
