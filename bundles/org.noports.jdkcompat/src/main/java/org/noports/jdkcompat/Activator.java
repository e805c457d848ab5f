package org.noports.jdkcompat;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.hooks.weaving.WeavingHook;

/**
 * Registers the hook where the JDK needs it. An activator, not a component: it must be there before
 * Declarative Services is.
 */
public final class Activator implements BundleActivator {
  /** Since this release {@code Subject.getSubject} always throws. */
  private static final int SUBJECT_BY_SCOPE_ONLY = 24;

  @Override
  public void start(BundleContext context) {
    if (isNeeded()) {
      context.registerService(WeavingHook.class, new SubjectCalls(), null);
    }
  }

  /** Whether this JDK is one on which Karaf's calls fail. */
  static boolean isNeeded() {
    return Runtime.version().feature() >= SUBJECT_BY_SCOPE_ONLY;
  }

  /** The framework withdraws the service. */
  @Override
  public void stop(BundleContext context) {}
}
