package org.noports.relay.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.noports.transport.TlsClient;
import org.noports.transport.TlsTrust;

/**
 * How the transport {@code wss} dials.
 *
 * @param timeout from dialling to being let in
 * @param port of each relay's host
 * @param tls knows whom to trust
 */
record WebSocketSettings(Duration timeout, int port, TlsClient tls) {
  private static final int HIGHEST_PORT = 65_535;

  /** Fails with what is wrong and where; a source of trust that does not exist adds nothing. */
  static WebSocketSettings of(RelayDialer.Config config) throws IOException {
    int port = config.webSocketPort();
    if (port < 1 || port > HIGHEST_PORT) {
      throw new IOException("webSocketPort = " + port + " is not between 1 and 65535");
    }
    Duration timeout = Dialling.timeout(config);
    TlsTrust trust =
        new TlsTrust(
            Arrays.stream(config.trust().split(","))
                .map(String::trim)
                .filter(name -> !name.isEmpty())
                .map(name -> Path.of(name).toAbsolutePath().normalize())
                .filter(Files::exists)
                .toList());
    return new WebSocketSettings(timeout, port, TlsClient.trusting(trust));
  }
}
