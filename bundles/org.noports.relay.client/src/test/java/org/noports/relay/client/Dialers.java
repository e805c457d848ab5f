package org.noports.relay.client;

import java.lang.reflect.Proxy;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.network.Route;

/** Dialers as the component runtime would start them. */
final class Dialers {
  private Dialers() {}

  static RelayDialer started(CipherCatalogue catalogue, int timeoutMillis) {
    RelayDialer dialer = new RelayDialer();
    dialer.bindProxy(target -> Route.DIRECT);
    dialer.bindCatalogue(catalogue);
    dialer.activate(config(timeoutMillis));
    return dialer;
  }

  static RelayDialer.Config config(int timeoutMillis) {
    return (RelayDialer.Config)
        Proxy.newProxyInstance(
            RelayDialer.Config.class.getClassLoader(),
            new Class<?>[] {RelayDialer.Config.class},
            (proxy, method, arguments) -> timeoutMillis);
  }
}
