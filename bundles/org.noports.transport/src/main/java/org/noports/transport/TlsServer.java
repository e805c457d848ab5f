package org.noports.transport;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * TLS 1.2 and 1.3 as the accepting side speaks it, with the certificate of a {@link TlsIdentity}.
 */
public final class TlsServer {
  static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  private volatile Loaded now;

  private record Loaded(TlsIdentity identity, Clients clients, SslContext context) {}

  /** What clients are asked for. */
  private sealed interface Clients {
    record Nothing() implements Clients {}

    record Trusted(TlsTrust trust) implements Clients {}

    record Any() implements Clients {}

    static Clients of(Optional<TlsTrust> trust) {
      return trust.<Clients>map(Trusted::new).orElseGet(Nothing::new);
    }
  }

  private TlsServer(TlsIdentity identity, Clients clients) throws IOException {
    this.now = load(identity, clients);
  }

  /** One that asks clients for no certificate. */
  public static TlsServer of(TlsIdentity identity) throws IOException {
    return new TlsServer(identity, new Clients.Nothing());
  }

  /**
   * Reads all files now.
   *
   * @param clients whose certificates a client may show; empty to ask for none. A client need not
   *     show one
   * @throws IOException naming the file that cannot be used and why
   */
  public static TlsServer of(TlsIdentity identity, Optional<TlsTrust> clients) throws IOException {
    return new TlsServer(identity, Clients.of(clients));
  }

  /**
   * One that asks for a certificate and takes any or none: whoever needs to know more asks the
   * channel for it and {@link CertificateCheck} about it.
   */
  public static TlsServer asking(TlsIdentity identity) throws IOException {
    return new TlsServer(identity, new Clients.Any());
  }

  /**
   * Reads the files again, for connections from now on; what is open goes on.
   *
   * @throws IOException naming the file that cannot be used; then all stays as it was
   */
  public void reload() throws IOException {
    Loaded before = now;
    now = load(before.identity(), before.clients());
  }

  /**
   * Takes another identity, for connections from now on; what is open goes on.
   *
   * @throws IOException naming the file that cannot be used; then all stays as it was
   */
  public void change(TlsIdentity identity) throws IOException {
    now = load(identity, now.clients());
  }

  private static Loaded load(TlsIdentity identity, Clients clients) throws IOException {
    SslContextBuilder builder =
        SslContextBuilder.forServer(PemKeys.load(identity))
            .sslProvider(SslProvider.JDK)
            .protocols(PROTOCOLS);
    if (clients instanceof Clients.Trusted trusted) {
      builder.trustManager(trusted.trust().load()).clientAuth(ClientAuth.OPTIONAL);
    } else if (clients instanceof Clients.Any) {
      builder.trustManager(new AnyClient()).clientAuth(ClientAuth.OPTIONAL);
    }
    try {
      return new Loaded(identity, clients, builder.build());
    } catch (SSLException e) {
      throw new IOException(
          "TLS cannot be set up with " + identity.chain() + ": " + e.getMessage(), e);
    }
  }

  /** The handler for one accepted connection; put it first. */
  public SslHandler handler(ByteBufAllocator allocator) {
    return now.context().newHandler(allocator);
  }
}
