package org.noports.cipher.catalogue.plugin;

import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/**
 * A bundle that brings algorithms.
 *
 * @param name its symbolic name
 * @param version its version
 * @param changed when it was installed or updated last, milliseconds
 * @param location where it came from
 */
public record Origin(String name, String version, long changed, String location) {
  private static final String OURS = "org.noports.cipher.";
  private static final Origin UNKNOWN = new Origin("unknown", "", 0, "");

  /** Of the bundle that has registered a service. */
  public static Origin of(ServiceReference<?> reference) {
    Bundle bundle = reference.getBundle();
    return bundle == null
        ? UNKNOWN
        : new Origin(
            String.valueOf(bundle.getSymbolicName()),
            bundle.getVersion().toString(),
            bundle.getLastModified(),
            String.valueOf(bundle.getLocation()));
  }

  /** Whether it is one of those that come with NoPorts: trusted to keep the contracts. */
  public boolean ours() {
    return name.startsWith(OURS);
  }

  @Override
  public String toString() {
    return version.isEmpty() ? name : name + " " + version;
  }
}
