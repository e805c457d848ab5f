package org.noports.transport;

import static java.util.Objects.requireNonNull;

import io.netty.util.NetUtil;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.X509TrustManager;

/**
 * Says whether certificates that a connecting peer has shown stand for a host: an atServer shows
 * others its own chain (docs/protocol/atprotocol.md 1.2). Immutable.
 *
 * <p>Done after the hand-shake, by whoever needs it, so that a refusal can be put in words.
 */
public final class CertificateCheck {
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  /** The key exchange, which does not matter here (TLS 1.3 has it apart). */
  private static final String ANY_EXCHANGE = "UNKNOWN";

  private final X509TrustManager trust;

  private CertificateCheck(X509TrustManager trust) {
    this.trust = trust;
  }

  /**
   * Reads all files now.
   *
   * @throws IOException naming the file that cannot be used and why
   */
  public static CertificateCheck of(TlsTrust trust) throws IOException {
    return new CertificateCheck(requireNonNull(trust, "trust is null").load());
  }

  /**
   * Whether the chain ends in a trusted CA and is in force: for clients or for servers, since
   * public CAs no longer say that a server's certificate is good for a client, too.
   *
   * @return empty if so, otherwise why not, as a clause
   */
  public Optional<String> distrusts(List<X509Certificate> chain) {
    if (chain.isEmpty()) {
      return Optional.of("no client certificate was shown");
    }
    X509Certificate[] shown = chain.toArray(X509Certificate[]::new);
    try {
      trust.checkServerTrusted(shown, ANY_EXCHANGE);
      return Optional.empty();
    } catch (CertificateException notAsServer) {
      try {
        trust.checkClientTrusted(shown, ANY_EXCHANGE);
        return Optional.empty();
      } catch (CertificateException e) {
        return Optional.of("the client certificate is not trusted");
      }
    }
  }

  /**
   * Whether a certificate names a host: one of its alternative names, or its common name where it
   * has none, is the host or a wildcard for it ({@code *.} in place of one label).
   */
  public static boolean names(X509Certificate certificate, String host) {
    byte[] address = NetUtil.createByteArrayFromIpAddressString(host);
    try {
      Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
      if (alternatives == null) {
        return commonName(certificate).filter(name -> matches(name, host)).isPresent();
      }
      return alternatives.stream()
          .anyMatch(
              name ->
                  address == null
                      ? name.get(0).equals(DNS_NAME) && matches(name.get(1).toString(), host)
                      : name.get(0).equals(IP_ADDRESS)
                          && Arrays.equals(
                              address,
                              NetUtil.createByteArrayFromIpAddressString(name.get(1).toString())));
    } catch (CertificateException e) {
      return false;
    }
  }

  private static boolean matches(String pattern, String host) {
    String wanted = host.toLowerCase(Locale.ROOT);
    String said = pattern.toLowerCase(Locale.ROOT);
    int dot = wanted.indexOf('.');
    return said.equals(wanted)
        || said.startsWith("*.") && dot > 0 && said.substring(1).equals(wanted.substring(dot));
  }

  private static Optional<String> commonName(X509Certificate certificate) {
    try {
      LdapName subject = new LdapName(certificate.getSubjectX500Principal().getName());
      return subject.getRdns().stream()
          .filter(part -> part.getType().equalsIgnoreCase("CN"))
          .map(Rdn::getValue)
          .map(Object::toString)
          .findFirst();
    } catch (InvalidNameException e) {
      return Optional.empty();
    }
  }
}
