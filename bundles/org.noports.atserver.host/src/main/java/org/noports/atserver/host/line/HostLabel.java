package org.noports.atserver.host.line;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;
import org.noports.api.AtSign;

/**
 * The DNS label of an atSign on the shared port (docs/decisions/0010-names-on-the-shared-port.md):
 * safe in DNS, another one for each atSign, and the same for ever.
 *
 * <p>Three forms that cannot be mistaken for one another: the name itself, where it is a plain
 * label; {@code u-} and the name with each other octet as a hyphen and two hexadecimal digits;
 * {@code h-} and a digest, where that would be longer than a label may be.
 */
public final class HostLabel {
  /** RFC 1035: the octets of one label. */
  static final int LONGEST = 63;

  private static final String ESCAPED = "u-";
  private static final String DIGEST = "h-";

  /** No hyphen at an end or beside another one: those are no host names, or reserved (RFC 5890). */
  private static final Pattern PLAIN = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

  private HostLabel() {}

  public static String of(AtSign atSign) {
    String name = atSign.bare();
    boolean plain = PLAIN.matcher(name).matches();
    if (plain && !name.startsWith(ESCAPED) && !name.startsWith(DIGEST)) {
      return name;
    }
    String escaped = ESCAPED + escaped(name);
    return escaped.length() <= LONGEST && encodable(name) ? escaped : DIGEST + digest(name);
  }

  private static String escaped(String name) {
    StringBuilder text = new StringBuilder();
    for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
      if (octet >= 'a' && octet <= 'z' || octet >= '0' && octet <= '9') {
        text.append((char) octet);
      } else {
        text.append('-').append(String.format("%02x", octet));
      }
    }
    return text.toString();
  }

  /** Half a surrogate pair has no UTF-8: without this, two such names would be one. */
  private static boolean encodable(String name) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(name);
  }

  /** All of SHA-256, over the bare characters, which tells any two names apart; 50 in base 36. */
  private static String digest(String name) {
    ByteBuffer characters = ByteBuffer.allocate(2 * name.length());
    characters.asCharBuffer().put(name);
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(characters.array());
      return new BigInteger(1, hash).toString(Character.MAX_RADIX);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
