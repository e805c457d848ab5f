package org.noports.ssh.client.words;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.noports.api.AtSign;
import org.noports.api.Target;

/**
 * Collects what {@code ssh} and {@code cp} have in common. As with OpenSSH, the first value of a
 * keyword is the one that counts.
 */
final class LoginWords {
  private static final Set<String> METHODS =
      Set.of("publickey", "keyboard-interactive", "password");
  private static final Duration UNIT = Duration.ofSeconds(1);

  private final Set<String> given = new LinkedHashSet<>();
  private final List<String> identities = new ArrayList<>();
  private final Set<String> methods = new LinkedHashSet<>(METHODS);
  private Optional<String> user = Optional.empty();
  private Target target = ProxyArguments.USUAL_TARGET;
  private Optional<AtSign> from = Optional.empty();
  private Optional<AtSign> relay = Optional.empty();
  private Optional<String> expect = Optional.empty();
  private Optional<String> knownHosts = Optional.empty();
  private boolean knownOnly;
  private boolean identitiesOnly;
  private boolean sessionKey;
  private Duration keepAlive = Duration.ZERO;
  private int keepAliveMisses = 3;
  private Duration connect = Duration.ZERO;
  private boolean compress;
  private boolean quiet;
  private boolean verbose;

  /** A long option of ours; false if it is none. */
  boolean ours(String name, String value) {
    switch (name) {
      case "--to" -> target = Target.of(value);
      case "--from" -> from = Optional.of(AtSign.of(value));
      case "--relay" -> relay = Optional.of(AtSign.of(value));
      case "--expect" -> expect = Optional.of(value);
      default -> {
        return false;
      }
    }
    return true;
  }

  /** A long option of ours that has no value; false if it is none. */
  boolean ours(String name) {
    sessionKey |= name.equals("--session-key");
    return name.equals("--session-key");
  }

  void user(String name) {
    if (user.isEmpty()) {
      user = Optional.of(name);
    }
  }

  void port(String number) {
    target = Target.of("localhost:" + number(number, "a port"));
  }

  void identity(String file) {
    identities.add(file);
  }

  void compress() {
    compress = true;
  }

  void quiet() {
    quiet = true;
  }

  void verbose() {
    verbose = true;
  }

  /** {@code -o}; false if it is no keyword of ours. */
  boolean keyword(String name, String value) {
    String key = name.toLowerCase(Locale.ROOT);
    boolean first = key.equals("identityfile") || given.add(key);
    return first ? take(key, value) : KEYWORDS.contains(key);
  }

  private static final Set<String> KEYWORDS =
      Set.of(
          "user",
          "port",
          "identityfile",
          "identitiesonly",
          "stricthostkeychecking",
          "userknownhostsfile",
          "serveraliveinterval",
          "serveralivecountmax",
          "connecttimeout",
          "compression",
          "batchmode",
          "preferredauthentications",
          "passwordauthentication",
          "kbdinteractiveauthentication",
          "pubkeyauthentication",
          "loglevel");

  private boolean take(String key, String value) {
    switch (key) {
      case "user" -> user(value);
      case "port" -> port(value);
      case "identityfile" -> identity(value);
      case "identitiesonly" -> identitiesOnly = yes(key, value);
      case "stricthostkeychecking" -> knownOnly = strict(value);
      case "userknownhostsfile" -> knownHosts = Optional.of(unquoted(value));
      case "serveraliveinterval" -> keepAlive = UNIT.multipliedBy(number(value, "seconds"));
      case "serveralivecountmax" -> keepAliveMisses = number(value, "a count");
      case "connecttimeout" -> connect = UNIT.multipliedBy(number(value, "seconds"));
      case "compression" -> compress = yes(key, value);
      case "batchmode" -> ways(!yes(key, value), "password", "keyboard-interactive");
      case "preferredauthentications" -> methods.retainAll(Set.of(value.split(",")));
      case "passwordauthentication" -> ways(yes(key, value), "password");
      case "kbdinteractiveauthentication" -> ways(yes(key, value), "keyboard-interactive");
      case "pubkeyauthentication" -> ways(yes(key, value), "publickey");
      case "loglevel" -> level(value.toUpperCase(Locale.ROOT));
      default -> {
        return false;
      }
    }
    return true;
  }

  private void ways(boolean allowed, String... names) {
    if (!allowed) {
      methods.removeAll(Set.of(names));
    }
  }

  private void level(String value) {
    quiet |= Set.of("QUIET", "FATAL", "ERROR").contains(value);
    verbose |= Set.of("VERBOSE", "DEBUG", "DEBUG1", "DEBUG2", "DEBUG3").contains(value);
  }

  private static boolean strict(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "yes" -> true;
      case "accept-new", "ask" -> false;
      default ->
          throw new IllegalArgumentException(
              "StrictHostKeyChecking is 'yes' or 'accept-new' here, not '"
                  + value
                  + "': another host key than the known one is always refused");
    };
  }

  /** Reads yes or no. */
  static boolean yes(String keyword, String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "yes", "true" -> true;
      case "no", "false" -> false;
      default ->
          throw new IllegalArgumentException("'" + keyword + "' is yes or no, not '" + value + "'");
    };
  }

  static int number(String text, String what) {
    if (!text.matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException("'" + text + "' is not " + what);
    }
    return Integer.parseInt(text);
  }

  private static String unquoted(String path) {
    return path.length() > 1 && path.startsWith("\"") && path.endsWith("\"")
        ? path.substring(1, path.length() - 1)
        : path;
  }

  /** All that was said. */
  LoginRequest to(String device) {
    ProxyArguments way =
        new ProxyArguments(ProxyArguments.device(device), target, from, relay, expect);
    return new LoginRequest(
        way,
        user,
        knownHosts,
        knownOnly,
        identities,
        identitiesOnly,
        sessionKey,
        methods,
        keepAlive,
        keepAliveMisses,
        connect,
        compress,
        quiet,
        verbose);
  }
}
