package org.noports.cipher.catalogue.plugin;

import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.noports.api.ConfigurationInvalid;
import org.osgi.framework.Bundle;

/**
 * Which bundles may bring algorithms: those named, each perhaps only if a certain certificate has
 * signed it. Without a name all may.
 *
 * @param named symbolic names, with the SHA-256 of a signer's certificate or nothing
 */
public record PlugInRule(Map<String, String> named) {
  /** Every bundle may. */
  public static final PlugInRule ALL = new PlugInRule(Map.of());

  /** What comes with NoPorts, and needs no mention unless it was dropped into the deploy folder. */
  private static final Set<String> SHIPPED =
      Set.of("org.noports.cipher.classic", "org.noports.cipher.modern", "org.noports.cipher.pq");

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]+");
  private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{64}");

  public PlugInRule {
    named = Map.copyOf(named);
  }

  /**
   * Reads the setting: names, and signers as {@code com.example.cipher@SHA-256}.
   *
   * @throws ConfigurationInvalid in a full sentence
   */
  public static PlugInRule of(String text) throws ConfigurationInvalid {
    Map<String, String> named = new HashMap<>();
    for (String entry : text.split(",")) {
      String word = entry.strip();
      if (word.isEmpty()) {
        continue;
      }
      int at = word.indexOf('@');
      String name = at < 0 ? word : word.substring(0, at);
      String signer =
          at < 0 ? "" : word.substring(at + 1).replace(":", "").toLowerCase(Locale.ROOT);
      if (!NAME.matcher(name).matches() || at >= 0 && !FINGERPRINT.matcher(signer).matches()) {
        throw new ConfigurationInvalid(
            "plugIns: '"
                + word
                + "' is neither a bundle's symbolic name nor one with '@' and the SHA-256 of its"
                + " signer's certificate in hex");
      }
      named.put(name, signer);
    }
    return new PlugInRule(named);
  }

  /** Why a bundle may not bring algorithms; empty if it may. */
  public Optional<String> refusal(Origin origin, Optional<Bundle> bundle) {
    if (named.isEmpty() || origin.ours() && SHIPPED.contains(origin.name())) {
      return Optional.empty();
    }
    String signer = named.get(origin.name());
    if (signer == null) {
      return Optional.of(
          origin.name()
              + " is not among plugIns ("
              + String.join(", ", new TreeSet<>(named.keySet()))
              + ") in etc/org.noports.cipher.catalogue.cfg");
    }
    return signer.isEmpty() || bundle.isEmpty()
        ? Optional.empty()
        : unsigned(origin, bundle.get(), signer);
  }

  private static Optional<String> unsigned(Origin origin, Bundle bundle, String signer) {
    try {
      var jar = BundleFile.jar(bundle);
      if (jar.isPresent() && Signers.of(jar.get()).contains(signer)) {
        return Optional.empty();
      }
      return Optional.of(
          origin.name() + " is not signed as a whole by the certificate that plugIns names for it");
    } catch (IOException e) {
      return Optional.of(origin.name() + " cannot be verified: " + e.getMessage());
    }
  }
}
