package org.noports.identity;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.noports.api.IdentityUnusable;
import org.noports.api.identity.CertificateAuthority;
import org.osgi.service.component.annotations.Component;

/**
 * A certificate authority whose whole state is the files of a folder. Used when a world of its own
 * is made and whenever one of its certificates ends; no connection passes here.
 */
@Component
public final class PrivateCertificateAuthority implements CertificateAuthority {
  @Override
  public void create(Path folder, String name) throws IdentityUnusable {
    requireNonNull(name, "name is null");
    try {
      KeyPair keys = CertificateBuilding.keys();
      X509Certificate certificate =
          CertificateBuilding.authority(CertificateBuilding.commonName(name), keys);
      new AuthorityFolder(folder).create(certificate, keys.getPrivate());
    } catch (FileAlreadyExistsException e) {
      throw new IdentityUnusable(
          "There is a certificate authority in "
              + folder
              + " already: use it, or choose another folder; it is never overwritten",
          e);
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
  }

  @Override
  public void issue(Path folder, List<String> names, Path chain, Path key) throws IdentityUnusable {
    requireNonNull(chain, "chain is null");
    requireNonNull(key, "key is null");
    if (names.isEmpty()) {
      throw new IllegalArgumentException("A certificate needs at least one name");
    }
    AuthorityFolder authority = settled(folder);
    X509Certificate issuer = authority.certificate();
    KeyPair keys = CertificateBuilding.keys();
    X509Certificate server =
        CertificateBuilding.server(List.copyOf(names), keys, issuer, authority.key());
    try {
      writeKey(key, keys.getPrivate());
      OwnerOnlyFiles.replacePublic(chain, joined(server, authority.crossed().orElse(issuer)));
    } catch (IOException e) {
      throw new IdentityUnusable(
          "Cannot write the certificate of "
              + names
              + " to "
              + chain
              + ": "
              + AuthorityFolder.reason(e),
          e);
    }
  }

  private static void writeKey(Path file, PrivateKey key) throws IOException {
    byte[] text = AuthorityFolder.pem(key);
    try {
      OwnerOnlyFiles.replace(file, text);
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  @Override
  public boolean renew(Path folder, Path chain, Path key, Instant deadline)
      throws IdentityUnusable {
    X509Certificate server = AuthorityFolder.certificate(chain);
    boolean soon = server.getNotAfter().toInstant().isBefore(deadline);
    boolean ours = isBy(server, settled(folder).certificate());
    if (soon || !ours) {
      issue(folder, names(chain, server), chain, key);
    }
    return soon || !ours;
  }

  private static boolean isBy(X509Certificate server, X509Certificate issuer) {
    try {
      server.verify(issuer.getPublicKey());
      return true;
    } catch (java.security.GeneralSecurityException e) {
      return false;
    }
  }

  private static List<String> names(Path chain, X509Certificate server) throws IdentityUnusable {
    try {
      Optional<Collection<List<?>>> names =
          Optional.ofNullable(server.getSubjectAlternativeNames());
      return names.stream()
          .flatMap(Collection::stream)
          .map(name -> String.valueOf(name.get(1)))
          .toList();
    } catch (CertificateParsingException e) {
      throw new IdentityUnusable("The certificate " + chain + " names no host; issue it anew", e);
    }
  }

  @Override
  public Instant expiry(Path certificates) throws IdentityUnusable {
    return AuthorityFolder.certificate(certificates).getNotAfter().toInstant();
  }

  @Override
  public boolean overlapping(Path folder) {
    return new AuthorityFolder(folder).overlapping();
  }

  @Override
  public void rotate(Path folder) throws IdentityUnusable {
    AuthorityFolder authority = settled(folder);
    if (authority.overlapping()) {
      throw new IdentityUnusable(
          "The authority in "
              + folder
              + " has two generations already: finish that change before the next one");
    }
    X509Certificate before = authority.certificate();
    KeyPair keys = CertificateBuilding.keys();
    X509Certificate next = CertificateBuilding.authority(CertificateBuilding.subject(before), keys);
    try {
      authority.succeed(
          next, keys.getPrivate(), CertificateBuilding.crossed(next, before, authority.key()));
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
  }

  @Override
  public void finish(Path folder) throws IdentityUnusable {
    AuthorityFolder authority = settled(folder);
    if (!authority.overlapping()) {
      throw new IdentityUnusable("The authority in " + folder + " has one generation only");
    }
    try {
      authority.forgetPrevious();
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
  }

  private static AuthorityFolder settled(Path folder) throws IdentityUnusable {
    AuthorityFolder authority = new AuthorityFolder(folder);
    try {
      authority.settle();
      return authority;
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
  }

  private static IdentityUnusable unwritable(Path folder, IOException cause) {
    return new IdentityUnusable(
        "Cannot write a certificate authority into "
            + folder
            + ": "
            + AuthorityFolder.reason(cause),
        cause);
  }

  private static byte[] joined(X509Certificate server, X509Certificate above) {
    byte[] first = AuthorityFolder.pem(server);
    byte[] second = AuthorityFolder.pem(above);
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
