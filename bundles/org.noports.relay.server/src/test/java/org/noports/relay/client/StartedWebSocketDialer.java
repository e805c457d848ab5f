package org.noports.relay.client;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Map;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.network.OutgoingProxy;
import org.noports.api.relay.RelayTransport;

/** The real WebSocket dialer, as the component runtime would start it, for tests of the relay. */
public final class StartedWebSocketDialer implements AutoCloseable {
  private final WebSocketDialer dialer = new WebSocketDialer();

  public StartedWebSocketDialer(
      CipherCatalogue catalogue, OutgoingProxy wayOut, int port, Path trust) {
    Map<String, Object> given = Map.of("webSocketPort", port, "trust", trust.toString());
    dialer.bindProxy(wayOut);
    dialer.bindCatalogue(catalogue);
    dialer.activate(
        (RelayDialer.Config)
            Proxy.newProxyInstance(
                RelayDialer.Config.class.getClassLoader(),
                new Class<?>[] {RelayDialer.Config.class},
                (proxy, method, arguments) ->
                    given.getOrDefault(method.getName(), method.getDefaultValue())));
  }

  public RelayTransport transport() {
    return dialer;
  }

  @Override
  public void close() {
    dialer.deactivate();
  }
}
