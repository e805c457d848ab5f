package org.noports.api.policy.fence;

import static java.util.Objects.requireNonNull;

/**
 * The bundle that brings an evaluator.
 *
 * @param bundle its symbolic name
 * @param version its version
 * @param changed when it was installed or updated last, in milliseconds since 1970
 */
public record PlugIn(String bundle, String version, long changed) {
  /** Nothing is known of it: what no framework brought. */
  public static final PlugIn OURS = new PlugIn("org.noports.policy", "", 0);

  private static final String PREFIX = "org.noports.";

  public PlugIn {
    requireNonNull(bundle, "bundle is null");
    requireNonNull(version, "version is null");
  }

  /**
   * Whether it comes with NoPorts, and is asked without a fence. It says so itself: whoever may
   * write into {@code deploy/} runs code here in any case, and what fails denies with and without a
   * fence.
   */
  public boolean isOurs() {
    return equals(OURS) || bundle.startsWith(PREFIX);
  }

  @Override
  public String toString() {
    return version.isEmpty() ? bundle : bundle + " " + version;
  }
}
