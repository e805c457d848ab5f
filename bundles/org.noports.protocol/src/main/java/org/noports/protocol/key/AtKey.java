package org.noports.protocol.key;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.ProtocolViolation;

/**
 * The name of one value at an atServer (docs/protocol/atprotocol.md 8), always in lower case.
 *
 * <pre>
 * public:name.namespace@owner           everybody may read it
 * @reader:name.namespace@owner          one reader
 * name.namespace@owner                  its owner only
 * cached:public:name@other              our copy of somebody's value
 * private:name@owner, privatekey:name   the atServer's own
 * </pre>
 *
 * @param kind who may read it
 * @param cached whether it is a copy of another atSign's value
 * @param sharedWith the reader in front, if there is one
 * @param name entity and namespace; for {@link KeyKind#RESERVED} the whole text
 * @param owner whose value it is; empty only for {@link KeyKind#RESERVED}
 */
public record AtKey(
    KeyKind kind,
    boolean cached,
    Optional<AtSign> sharedWith,
    String name,
    Optional<AtSign> owner) {
  /** Longest text of a key, in characters. */
  public static final int MAX_LENGTH = 248;

  /** Longest text of a cached key. */
  public static final int MAX_CACHED_LENGTH = 255;

  private static final String CACHED = "cached:";

  public AtKey {
    requireNonNull(kind, "kind is null");
    requireNonNull(sharedWith, "sharedWith is null");
    requireNonNull(owner, "owner is null");
    name = requireNonNull(name, "name is null").toLowerCase(Locale.ROOT);
    if (!AtKeyText.isName(name, kind == KeyKind.RESERVED)) {
      throw new IllegalArgumentException(
          "'" + name + "' is not a key name: white space, '@', ':' and control characters are out");
    }
    if (owner.isEmpty() != (kind == KeyKind.RESERVED)) {
      throw new IllegalArgumentException("Only reserved keys have no owner: '" + name + "'");
    }
  }

  /** A value for everybody. */
  public static AtKey publicKey(String name, AtSign owner) {
    return new AtKey(KeyKind.PUBLIC, false, Optional.empty(), name, Optional.of(owner));
  }

  /** A value for one reader; for its owner if both are the same. */
  public static AtKey shared(AtSign reader, String name, AtSign owner) {
    KeyKind kind = reader.equals(owner) ? KeyKind.SELF : KeyKind.SHARED;
    return new AtKey(kind, false, Optional.of(reader), name, Optional.of(owner));
  }

  /** A value for its owner. */
  public static AtKey self(String name, AtSign owner) {
    return new AtKey(KeyKind.SELF, false, Optional.empty(), name, Optional.of(owner));
  }

  /** The copy of a public or shared value at a reader's atServer. */
  public AtKey toCached() {
    return new AtKey(kind, true, sharedWith, name, owner);
  }

  /** Reads a key's text, in any case. */
  public static AtKey parse(String text) throws ProtocolViolation {
    String folded = requireNonNull(text, "text is null").strip().toLowerCase(Locale.ROOT);
    int limit = folded.startsWith(CACHED) ? MAX_CACHED_LENGTH : MAX_LENGTH;
    if (folded.length() > limit) {
      throw new ProtocolViolation("key has " + folded.length() + " characters, at most " + limit);
    }
    try {
      return AtKeyText.parse(folded);
    } catch (IllegalArgumentException e) {
      throw new ProtocolViolation("not a key: " + e.getMessage(), e);
    }
  }

  /** The last part of the name after a dot. */
  public Optional<String> namespace() {
    int dot = name.lastIndexOf('.');
    return dot < 1 || dot == name.length() - 1
        ? Optional.empty()
        : Optional.of(name.substring(dot + 1));
  }

  /** Whether the name ends in {@code namespace}, which may have dots itself. */
  public boolean inNamespace(String namespace) {
    return name.endsWith("." + namespace.toLowerCase(Locale.ROOT));
  }

  /** Whether a scan leaves it out unless asked: the name begins with {@code _}. */
  public boolean hidden() {
    return name.startsWith("_");
  }

  /** Whether the name has a meaning to the atProtocol itself. */
  public boolean reserved() {
    return kind == KeyKind.RESERVED
        || AtKeyText.RESERVED_NAMES.contains(name)
        || name.startsWith("shared_key.");
  }

  /** The text without the reader in front, as that reader sees it. */
  public String withoutReader() {
    return owner.map(atSign -> name + atSign).orElse(name);
  }

  /** The canonical text. */
  @Override
  public String toString() {
    return (cached ? CACHED : "")
        + kind.prefix()
        + sharedWith.map(reader -> reader + ":").orElse("")
        + withoutReader();
  }
}
