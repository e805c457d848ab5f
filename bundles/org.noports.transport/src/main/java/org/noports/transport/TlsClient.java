package org.noports.transport;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.noports.api.HostPort;

/**
 * TLS 1.2 and 1.3 as a client speaks it: the peer's certificate is checked against {@link TlsTrust}
 * and against the host name that was dialled, and that name is sent (SNI).
 */
public final class TlsClient {
  private final SslContext context;

  private TlsClient(SslContext context) {
    this.context = context;
  }

  /** A client that shows no certificate of its own. */
  public static TlsClient trusting(TlsTrust trust) throws IOException {
    return of(trust, Optional.empty());
  }

  /**
   * Reads all files now.
   *
   * @param identity what to show a peer that asks for a certificate
   * @throws IOException naming the file that cannot be used and why
   */
  public static TlsClient of(TlsTrust trust, Optional<TlsIdentity> identity) throws IOException {
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            .sslProvider(SslProvider.JDK)
            .protocols(TlsServer.PROTOCOLS)
            .trustManager(trust.load());
    if (identity.isPresent()) {
      builder.keyManager(PemKeys.load(identity.get()));
    }
    try {
      return new TlsClient(builder.build());
    } catch (SSLException e) {
      throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  /** The handler for one connection to {@code address}; put it first. */
  public SslHandler handler(ByteBufAllocator allocator, HostPort address) {
    SslHandler handler = context.newHandler(allocator, address.host(), address.port());
    SSLParameters parameters = handler.engine().getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    if (!NetUtil.isValidIpV4Address(address.host())
        && !NetUtil.isValidIpV6Address(address.host())) {
      // The JDK by itself leaves out names without a dot, such as localhost.
      parameters.setServerNames(List.of(new SNIHostName(address.host())));
    }
    handler.engine().setSSLParameters(parameters);
    return handler;
  }
}
