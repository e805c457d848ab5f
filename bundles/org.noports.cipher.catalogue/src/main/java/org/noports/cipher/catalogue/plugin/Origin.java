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
 * @param ours whether it is one of those that come with NoPorts: trusted to keep the contracts.
 *     What was dropped into the deploy folder never is, whatever it calls itself
 */
public record Origin(String name, String version, long changed, String location, boolean ours) {
  private static final String OURS = "org.noports.cipher.";
  private static final Origin UNKNOWN = new Origin("unknown", "", 0, "", false);

  /** Of the bundle that has registered a service. */
  public static Origin of(ServiceReference<?> reference) {
    Bundle bundle = reference.getBundle();
    if (bundle == null) {
      return UNKNOWN;
    }
    String name = String.valueOf(bundle.getSymbolicName());
    return new Origin(
        name,
        bundle.getVersion().toString(),
        bundle.getLastModified(),
        String.valueOf(bundle.getLocation()),
        name.startsWith(OURS) && !DeployFolder.holds(bundle));
  }

  @Override
  public String toString() {
    return version.isEmpty() ? name : name + " " + version;
  }
}
