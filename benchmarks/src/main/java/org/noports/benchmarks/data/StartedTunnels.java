package org.noports.benchmarks.data;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.noports.tunnel.RelayedTunnels;

/** A tunnel without a component runtime, with nothing configured: the bundle exports nothing. */
public final class StartedTunnels {
  private StartedTunnels() {}

  /** As the component runtime would start it. */
  public static RelayedTunnels start() throws ReflectiveOperationException {
    RelayedTunnels tunnels = new RelayedTunnels();
    Class<?> config = Class.forName("org.noports.tunnel.TunnelConfig");
    Method activate = RelayedTunnels.class.getDeclaredMethod("activate", config);
    activate.setAccessible(true);
    activate.invoke(
        tunnels,
        Proxy.newProxyInstance(
            config.getClassLoader(),
            new Class<?>[] {config, Annotation.class},
            (proxy, method, none) -> method.getDefaultValue()));
    return tunnels;
  }

  /** As the component runtime would stop it. */
  public static void stop(RelayedTunnels tunnels) throws ReflectiveOperationException {
    Method deactivate = RelayedTunnels.class.getDeclaredMethod("deactivate");
    deactivate.setAccessible(true);
    deactivate.invoke(tunnels);
  }
}
