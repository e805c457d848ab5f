package org.noports.relay.client;

import java.lang.reflect.Proxy;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.network.Route;
import org.noports.api.relay.RelayTransport;

/** The real dialer, as the component runtime would start it, for tests of the relay. */
public final class StartedDialer implements AutoCloseable {
  private final RelayDialer dialer = new RelayDialer();

  public StartedDialer(CipherCatalogue catalogue) {
    dialer.bindProxy(target -> Route.DIRECT);
    dialer.bindCatalogue(catalogue);
    dialer.activate(
        (RelayDialer.Config)
            Proxy.newProxyInstance(
                RelayDialer.Config.class.getClassLoader(),
                new Class<?>[] {RelayDialer.Config.class},
                (proxy, method, arguments) -> method.getDefaultValue()));
  }

  public RelayTransport transport() {
    return dialer;
  }

  @Override
  public void close() {
    dialer.deactivate();
  }
}
