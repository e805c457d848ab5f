package org.noports.protocol.key;

import java.util.Optional;
import java.util.Set;
import org.noports.api.AtSign;

/** Takes the text of a key apart. */
final class AtKeyText {
  /** Names with an owner that mean something to the atProtocol. */
  static final Set<String> RESERVED_NAMES =
      Set.of("publickey", "signing_publickey", "signing_privatekey", "shared_key", "blocklist");

  private static final String PRIVATE_KEY = "privatekey:";

  private AtKeyText() {}

  /** Reads {@code text}, already in lower case; wrong ones are an illegal argument. */
  static AtKey parse(String text) {
    boolean cached = text.startsWith("cached:");
    String rest = cached ? text.substring("cached:".length()) : text;
    int at = rest.lastIndexOf('@');
    if (at < 0 || rest.startsWith(PRIVATE_KEY)) {
      if (cached) {
        throw new IllegalArgumentException("a cached key has an owner");
      }
      return new AtKey(KeyKind.RESERVED, false, Optional.empty(), rest, Optional.empty());
    }
    if (at == 0) {
      throw new IllegalArgumentException("it has a reader or an owner, but no name");
    }
    AtSign owner = AtSign.of(rest.substring(at));
    return owned(rest.substring(0, at), cached, owner);
  }

  private static AtKey owned(String front, boolean cached, AtSign owner) {
    if (front.startsWith("@")) {
      int colon = front.indexOf(':');
      if (colon < 0) {
        throw new IllegalArgumentException("there is no ':' after its reader");
      }
      AtSign reader = AtSign.of(front.substring(0, colon));
      AtKey key = AtKey.shared(reader, front.substring(colon + 1), owner);
      return cached ? key.toCached() : key;
    }
    for (KeyKind kind : KeyKind.values()) {
      if (!kind.prefix().isEmpty() && front.startsWith(kind.prefix())) {
        String name = front.substring(kind.prefix().length());
        return new AtKey(kind, cached, Optional.empty(), name, Optional.of(owner));
      }
    }
    return new AtKey(KeyKind.SELF, cached, Optional.empty(), front, Optional.of(owner));
  }

  /** Whether {@code name} may stand between the colons; {@code privatekey:} names have one. */
  static boolean isName(String name, boolean reserved) {
    String bare =
        reserved && name.startsWith(PRIVATE_KEY) ? name.substring(PRIVATE_KEY.length()) : name;
    for (int i = 0; i < bare.length(); i++) {
      // None of these needs more than one char.
      char c = bare.charAt(i);
      if (c == '@'
          || c == ':'
          || Character.isISOControl(c)
          || Character.isWhitespace(c)
          || Character.isSpaceChar(c)) {
        return false;
      }
    }
    return !bare.isEmpty();
  }
}
