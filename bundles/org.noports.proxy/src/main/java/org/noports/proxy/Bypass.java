package org.noports.proxy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is reached directly: names and networks, compared as they are written; nothing is looked up.
 */
final class Bypass {
  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.|$)){4}(?<!\\.)");

  private final List<Predicate<String>> rules;

  private Bypass(List<Predicate<String>> rules) {
    this.rules = List.copyOf(rules);
  }

  /**
   * Reads a list; between its entries are semicolons, commas or blanks.
   *
   * @throws IllegalArgumentException naming the entry that means nothing
   */
  static Bypass of(String list) {
    List<Predicate<String>> rules = new ArrayList<>();
    Stream.of(list.split("[;,\\s]"))
        .map(entry -> entry.trim().toLowerCase(Locale.ROOT))
        .filter(entry -> !entry.isEmpty())
        .forEach(entry -> rules.add(rule(entry)));
    return new Bypass(rules);
  }

  private static Predicate<String> rule(String entry) {
    int slash = entry.indexOf('/');
    if (slash >= 0) {
      return network(entry, entry.substring(0, slash), entry.substring(slash + 1));
    }
    if (entry.startsWith(".")) {
      return host -> host.endsWith(entry);
    }
    Optional<byte[]> address = literal(entry);
    return address.isPresent()
        ? host -> literal(host).filter(it -> Arrays.equals(it, address.get())).isPresent()
        : entry::equals;
  }

  private static Predicate<String> network(String entry, String base, String length) {
    byte[] bytes = literal(base).orElseThrow(() -> wrong(entry));
    int bits;
    try {
      bits = Integer.parseInt(length);
    } catch (NumberFormatException e) {
      throw wrong(entry);
    }
    if (bits < 0 || bits > bytes.length * 8) {
      throw wrong(entry);
    }
    return host -> literal(host).filter(it -> same(it, bytes, bits)).isPresent();
  }

  private static IllegalArgumentException wrong(String entry) {
    return new IllegalArgumentException(
        "'" + entry + "' in noProxy is no network, for example 10.0.0.0/8");
  }

  private static boolean same(byte[] one, byte[] other, int bits) {
    if (one.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      if (((one[bit / 8] ^ other[bit / 8]) & 0x80 >> bit % 8) != 0) {
        return false;
      }
    }
    return true;
  }

  private static Optional<byte[]> literal(String text) {
    if (text.indexOf(':') < 0 && !IPV4.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      // Never asks the network: it is a literal.
      return Optional.of(InetAddress.getByName(text).getAddress());
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  boolean contains(String host) {
    String folded = host.toLowerCase(Locale.ROOT);
    return rules.stream().anyMatch(rule -> rule.test(folded));
  }
}
