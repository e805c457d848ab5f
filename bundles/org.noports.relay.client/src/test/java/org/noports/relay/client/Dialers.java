package org.noports.relay.client;

import java.lang.reflect.Proxy;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.network.Route;

/** Dialers as the component runtime would start them. */
final class Dialers {
  private Dialers() {}

  static Dialling dialling(CipherCatalogue catalogue) {
    Dialling dialling = new Dialling();
    dialling.bindProxy(target -> Route.DIRECT);
    dialling.bindCatalogue(catalogue);
    return dialling;
  }

  static RelayDialer.Config config(int timeoutMillis) {
    return (RelayDialer.Config)
        Proxy.newProxyInstance(
            RelayDialer.Config.class.getClassLoader(),
            new Class<?>[] {RelayDialer.Config.class},
            (proxy, method, arguments) -> timeoutMillis);
  }
}
