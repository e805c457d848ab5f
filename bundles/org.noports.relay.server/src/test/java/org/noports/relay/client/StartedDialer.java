package org.noports.relay.client;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Map;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.network.OutgoingProxy;
import org.noports.api.network.Route;
import org.noports.api.relay.RelayTransport;

/** The real dialers, as the component runtime would start them, for tests of the relay. */
public final class StartedDialer implements AutoCloseable {
  private final Dialling dialling = new Dialling();
  private final RelayTransport transport;

  private StartedDialer(
      CipherCatalogue catalogue, OutgoingProxy wayOut, boolean wss, Map<String, Object> given) {
    dialling.bindProxy(wayOut);
    dialling.bindCatalogue(catalogue);
    RelayDialer.Config config =
        (RelayDialer.Config)
            Proxy.newProxyInstance(
                RelayDialer.Config.class.getClassLoader(),
                new Class<?>[] {RelayDialer.Config.class},
                (proxy, method, arguments) ->
                    given.getOrDefault(method.getName(), method.getDefaultValue()));
    transport = wss ? new WebSocketDialer(dialling, config) : new RelayDialer(dialling, config);
  }

  /** By TCP, directly. */
  public static StartedDialer tcp(CipherCatalogue catalogue) {
    return new StartedDialer(catalogue, target -> Route.DIRECT, false, Map.of());
  }

  /** By WebSocket over TLS at this port. */
  public static StartedDialer wss(
      CipherCatalogue catalogue, OutgoingProxy wayOut, int port, Path trust) {
    return new StartedDialer(
        catalogue, wayOut, true, Map.of("webSocketPort", port, "trust", trust.toString()));
  }

  public RelayTransport transport() {
    return transport;
  }

  @Override
  public void close() {
    dialling.stop();
  }
}
