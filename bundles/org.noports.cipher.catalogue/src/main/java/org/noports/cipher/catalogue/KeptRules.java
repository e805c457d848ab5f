package org.noports.cipher.catalogue;

import java.io.IOException;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.noports.api.ConfigurationInvalid;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Writes rules where their owner would have written them: into the catalogue's configuration. */
record KeptRules(Optional<ConfigurationAdmin> configurations) {
  /** Keeps {@code allow} and {@code deny}; the file follows. */
  void keep(CatalogueSettings settings) throws ConfigurationInvalid {
    ConfigurationAdmin admin =
        configurations.orElseThrow(() -> cannot("there is no configuration service", null));
    try {
      Configuration configuration = admin.getConfiguration(CatalogueSettings.PID, "?");
      Dictionary<String, Object> all =
          Optional.ofNullable(configuration.getProperties()).orElseGet(Hashtable::new);
      put(all, "deny", settings.deny());
      put(all, "allow", settings.allow());
      configuration.update(all);
    } catch (IOException e) {
      throw cannot(e.getMessage(), e);
    }
  }

  private static void put(Dictionary<String, Object> all, String key, Set<String> names) {
    if (!names.isEmpty() || all.get(key) != null) {
      all.put(key, String.join(", ", new TreeSet<>(names)));
    }
  }

  private static ConfigurationInvalid cannot(String why, IOException cause) {
    return new ConfigurationInvalid(
        "The rule cannot be kept: " + why + "; write it into " + CatalogueSettings.FILE, cause);
  }
}
