package org.noports.cipher.catalogue;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.noports.cipher.catalogue.plugin.BundleFile;
import org.noports.cipher.catalogue.plugin.Origin;
import org.osgi.framework.Bundle;

/** The SHA-256 of bundles that brought algorithms, each read once; for one thread. */
final class Digests {
  /** Those asked for last: bundles that are refused come again and again. */
  static final int MOST = 256;

  private final Map<Origin, String> read =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Origin, String> eldest) {
          return size() > MOST;
        }
      };

  String of(Origin origin, Optional<Bundle> bundle) {
    return read.computeIfAbsent(origin, first -> digest(bundle));
  }

  /** Of one that was asked for before. */
  String of(Origin origin) {
    return read.getOrDefault(origin, "unknown");
  }

  private static String digest(Optional<Bundle> bundle) {
    if (bundle.isEmpty()) {
      return "unknown";
    }
    try {
      return BundleFile.sha256(bundle.get());
    } catch (IOException | IllegalStateException e) {
      return "unreadable: " + e.getMessage();
    }
  }
}
