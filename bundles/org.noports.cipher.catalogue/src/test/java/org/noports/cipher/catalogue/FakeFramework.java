package org.noports.cipher.catalogue;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.Version;

/**
 * As much of a framework as the catalogue looks at: bundles with a state, and who hears of them.
 */
final class FakeFramework {
  private final List<SynchronousBundleListener> listeners = new ArrayList<>();
  private final AtomicInteger ids = new AtomicInteger();

  /** Where the deploy folder would be. */
  static final String BASE = "/karaf/base";

  /** A bundle whose state the test says. */
  static final class Installed {
    int state = Bundle.ACTIVE;
    final Bundle bundle;

    /** Milliseconds of its last update. */
    long changed = 1;

    private Installed(int id, String name, String location) {
      bundle =
          (Bundle)
              Proxy.newProxyInstance(
                  Bundle.class.getClassLoader(),
                  new Class<?>[] {Bundle.class},
                  (proxy, method, arguments) ->
                      switch (method.getName()) {
                        case "getState" -> state;
                        case "getBundleId" -> (long) id;
                        case "getSymbolicName" -> name;
                        case "getLastModified" -> changed;
                        case "getLocation" -> location;
                        case "getBundleContext" -> context(List.of());
                        case "getDataFile", "findEntries" -> null;
                        case "getVersion" -> Version.emptyVersion;
                        case "equals" -> proxy == arguments[0];
                        case "hashCode" -> id;
                        case "toString" -> "bundle" + id;
                        default -> throw new UnsupportedOperationException(method.getName());
                      });
    }
  }

  Installed install() {
    return install("bundle" + (ids.get() + 1), "test:");
  }

  Installed install(String name, String location) {
    return new Installed(ids.incrementAndGet(), name, location);
  }

  void uninstall(Installed what) {
    what.state = Bundle.UNINSTALLED;
    listeners.forEach(
        listener -> listener.bundleChanged(new BundleEvent(BundleEvent.UNINSTALLED, what.bundle)));
  }

  BundleContext context() {
    return context(listeners);
  }

  private static BundleContext context(List<SynchronousBundleListener> listeners) {
    return (BundleContext)
        Proxy.newProxyInstance(
            BundleContext.class.getClassLoader(),
            new Class<?>[] {BundleContext.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("getProperty")) {
                return arguments[0].equals("karaf.base") ? BASE : null;
              }
              if (method.getName().equals("getDataFile")) {
                return null;
              }
              if (!method.getName().equals("addBundleListener")) {
                throw new UnsupportedOperationException(method.getName());
              }
              listeners.add((SynchronousBundleListener) arguments[0]);
              return null;
            });
  }
}
