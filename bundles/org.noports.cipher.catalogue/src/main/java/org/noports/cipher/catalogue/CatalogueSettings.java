package org.noports.cipher.catalogue;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.noports.api.ConfigurationInvalid;
import org.noports.api.cipher.KeyAgreement;
import org.noports.api.cipher.KeyDerivation;
import org.noports.api.cipher.PresentAlgorithm;
import org.noports.api.cipher.RecordCipher;
import org.noports.api.tunnel.Level;
import org.noports.api.tunnel.Suite;
import org.noports.cipher.catalogue.plugin.Origin;
import org.noports.cipher.catalogue.plugin.PlugInRule;
import org.osgi.framework.Bundle;

/**
 * What configuration says, checked.
 *
 * @param ranking names, the preferred first
 * @param minimum of a session
 * @param allow the only names; empty for all
 * @param deny names
 * @param plugIns which bundles may bring algorithms
 * @param depart how long sessions have to leave
 * @param profile a choice of algorithms under one name
 */
record CatalogueSettings(
    List<String> ranking,
    Level minimum,
    Set<String> allow,
    Set<String> deny,
    PlugInRule plugIns,
    Duration depart,
    Profile profile) {
  static final String PID = "org.noports.cipher.catalogue";
  static final String FILE = "etc/" + PID + ".cfg";
  static final String RANKING = "x-wing,x25519,aes256gcm,chacha20poly1305";

  /** For who must have them: each costs an offer bytes and a key. */
  private static final Set<String> WHEN_RANKED = Set.of(KeyAgreement.ML_KEM_1024);

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,30}");
  private static final List<Level> LEVELS = List.of(Level.L1, Level.L2, Level.L3);

  /**
   * In force until a configuration was read that is valid: no algorithm has the name that alone is
   * allowed. What its owner has forbidden is not known yet, so nothing is permitted.
   */
  static final CatalogueSettings UNREAD =
      new CatalogueSettings(
          List.of(),
          Level.L1,
          Set.of(""),
          Set.of(),
          PlugInRule.ALL,
          Duration.ofSeconds(5),
          Profile.NONE);

  CatalogueSettings {
    ranking = List.copyOf(ranking);
    requireNonNull(minimum, "minimum is null");
    allow = Set.copyOf(allow);
    deny = Set.copyOf(deny);
    requireNonNull(plugIns, "plugIns is null");
    requireNonNull(depart, "depart is null");
    requireNonNull(profile, "profile is null");
  }

  static CatalogueSettings of(CatalogueConfig config) throws ConfigurationInvalid {
    if (config.departSeconds() < 1 || config.departSeconds() > 60) {
      throw new ConfigurationInvalid(
          FILE + ": departSeconds = " + config.departSeconds() + " is not between 1 and 60");
    }
    return new CatalogueSettings(
        List.copyOf(names("ranking", config.ranking())),
        level(config.minimumLevel()),
        names("allow", config.allow()),
        names("deny", config.deny()),
        PlugInRule.of(config.plugIns()),
        Duration.ofSeconds(config.departSeconds()),
        Profile.of(config.profile()));
  }

  /** The names of one key, in their order. */
  static Set<String> names(String key, String text) throws ConfigurationInvalid {
    Set<String> names = new LinkedHashSet<>();
    for (String word : text.split(",")) {
      String name = word.strip();
      if (!name.isEmpty()) {
        names.add(name(key, name));
      }
    }
    return names;
  }

  static String name(String key, String name) throws ConfigurationInvalid {
    if (!NAME.matcher(name).matches()) {
      throw new ConfigurationInvalid(
          FILE
              + ": "
              + key
              + ": '"
              + name
              + "' is no name of an algorithm, which has 1 to 31 of a-z, 0-9 and -; noports:ciphers"
              + " lists them");
    }
    return name;
  }

  private static Level level(String text) throws ConfigurationInvalid {
    return LEVELS.stream()
        .filter(level -> level.name().equals(text.strip()))
        .findFirst()
        .orElseThrow(
            () ->
                new ConfigurationInvalid(
                    FILE + ": minimumLevel = " + text + " is neither L1 nor L2 nor L3"));
  }

  /** Whether no valid configuration was read yet. */
  boolean isUnread() {
    return equals(UNREAD);
  }

  private static Optional<String> unread() {
    return Optional.of("the rules in " + FILE + " could not be read yet");
  }

  /** Why a bundle may not bring algorithms; empty if it may. */
  Optional<String> refusal(Origin origin, Optional<Bundle> bundle) {
    return isUnread() && !origin.ours() ? unread() : plugIns.refusal(origin, bundle);
  }

  /** Why an algorithm may not be used; empty if it may. */
  Optional<String> refusal(PresentAlgorithm what) {
    if (isUnread()) {
      return unread();
    }
    String name = what.name();
    if (deny.contains(name)) {
      return Optional.of("denied by deny in " + FILE);
    }
    if (!allow.isEmpty() && !allow.contains(name)) {
      return Optional.of("not among those that allow names in " + FILE);
    }
    if (profile.leavesOut(what)) {
      return Optional.of("not of " + profile + ", the profile in " + FILE);
    }
    if (WHEN_RANKED.contains(name) && !ranking.contains(name) && !profile.names(what)) {
      return Optional.of("offered only where ranking names it in " + FILE);
    }
    Level level = level(what);
    return level.compareTo(minimum) < 0
        ? Optional.of("of level " + level.name() + ", below minimumLevel in " + FILE)
        : Optional.empty();
  }

  /**
   * The best level of a session that uses it. Only what agrees on a session's secret has one: the
   * stream cipher of L1 also hides what a relay asks.
   */
  private static Level level(PresentAlgorithm what) {
    return switch (what.kind()) {
      case PresentAlgorithm.KEY_TRANSPORT -> Level.L1;
      case PresentAlgorithm.KEY_AGREEMENT ->
          new Suite(what.name(), KeyDerivation.SHA_256, RecordCipher.AES_256_GCM).level();
      default -> Level.L3;
    };
  }

  /** With one name more denied. */
  CatalogueSettings denying(String name) {
    Set<String> more = new HashSet<>(deny);
    more.add(name);
    return new CatalogueSettings(ranking, minimum, allow, more, plugIns, depart, profile);
  }

  /** With one name less denied, and named among the allowed if only those are. */
  CatalogueSettings allowing(String name) {
    Set<String> less = new HashSet<>(deny);
    less.remove(name);
    Set<String> named = new HashSet<>(allow);
    if (!allow.isEmpty()) {
      named.add(name);
    }
    return new CatalogueSettings(ranking, minimum, named, less, plugIns, depart, profile);
  }

  /** Place of a name: those that are not named come last. */
  int place(String name) {
    int place = ranking.indexOf(name);
    return place < 0 ? ranking.size() : place;
  }

  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }
}
