package org.noports.policy.rules.question;

import static java.util.Objects.requireNonNull;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A range of addresses. Loopback and unspecified addresses are one: a network that has any of them
 * has them all, since a connection to each of them ends on the same machine.
 *
 * @param base any address in it
 * @param prefix how many leading bits its addresses share
 */
public record Network(InetAddress base, int prefix) {
  private static final Pattern V4 =
      Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
  private static final Pattern V6 = Pattern.compile("[0-9a-f.]*:[0-9a-f:.]*");
  private static final List<InetAddress> HOME =
      Stream.of("127.0.0.1", "::1", "0.0.0.0", "::")
          .map(Network::address)
          .flatMap(Optional::stream)
          .toList();

  public Network {
    requireNonNull(base, "base is null");
    if (prefix < 0 || prefix > base.getAddress().length * 8) {
      throw new IllegalArgumentException(
          "/" + prefix + " is not between 0 and the number of bits of " + base.getHostAddress());
    }
  }

  /**
   * Reads {@code 10.0.0.0/8}, {@code 2001:db8::/32} or a single address.
   *
   * @throws IllegalArgumentException with a full sentence, if it is none
   */
  public static Network of(String text) {
    int slash = text.indexOf('/');
    InetAddress base =
        address(slash < 0 ? text : text.substring(0, slash))
            .orElseThrow(
                () -> new IllegalArgumentException("'" + text + "' is no address or network"));
    if (slash < 0) {
      return new Network(base, base.getAddress().length * 8);
    }
    String bits = text.substring(slash + 1);
    if (!bits.matches("[0-9]{1,3}")) {
      throw new IllegalArgumentException("'" + text + "' has no number of bits behind its '/'");
    }
    return new Network(base, Integer.parseInt(bits));
  }

  /** The address that a text is, without asking anybody: empty if it is a name. */
  public static Optional<InetAddress> address(String text) {
    String lower = text.toLowerCase(java.util.Locale.ROOT);
    if (!V4.matcher(lower).matches() && !V6.matcher(lower).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByAddress(InetAddress.getByName(lower).getAddress()));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** Whether a connection to {@code address} ends on the machine that makes it. */
  public static boolean isHome(InetAddress address) {
    return address.isLoopbackAddress() || address.isAnyLocalAddress();
  }

  /** Whether all of it is loopback, or unspecified. */
  public boolean isHome() {
    boolean v4 = base.getAddress().length == 4;
    return base.isLoopbackAddress() && prefix >= (v4 ? 8 : 128)
        || base.isAnyLocalAddress() && prefix == (v4 ? 32 : 128);
  }

  /** Whether {@code address} is in it. */
  public boolean contains(InetAddress address) {
    return has(address) || isHome(address) && HOME.stream().anyMatch(this::has);
  }

  /**
   * Its first address, and the one behind its last (the very first behind the very last): where
   * answers may change.
   */
  public List<InetAddress> edges() {
    byte[] first = base.getAddress();
    for (int bit = prefix; bit < first.length * 8; bit++) {
      first[bit / 8] &= (byte) ~(0x80 >> bit % 8);
    }
    BigInteger size = BigInteger.ONE.shiftLeft(first.length * 8 - prefix);
    byte[] next = new BigInteger(1, first).add(size).toByteArray();
    byte[] behind = new byte[first.length];
    int same = Math.min(next.length, behind.length);
    System.arraycopy(next, next.length - same, behind, behind.length - same, same);
    try {
      return List.of(InetAddress.getByAddress(first), InetAddress.getByAddress(behind));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("An address has 4 or 16 bytes", e);
    }
  }

  private boolean has(InetAddress address) {
    byte[] mine = base.getAddress();
    byte[] other = address.getAddress();
    if (mine.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit++) {
      int mask = 0x80 >> bit % 8;
      if ((mine[bit / 8] & mask) != (other[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return base.getHostAddress() + "/" + prefix;
  }
}
