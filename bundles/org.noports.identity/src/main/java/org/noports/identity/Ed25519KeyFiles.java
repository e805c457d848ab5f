package org.noports.identity;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.noports.api.IdentityUnusable;
import org.noports.api.Secret;
import org.noports.api.identity.SigningKey;
import org.noports.api.identity.SigningKeyFiles;
import org.osgi.service.component.annotations.Component;

/** Keeps this instance's own signing keys in PEM files of PKCS#8 (RFC 8410), as OpenSSL does. */
@Component
public final class Ed25519KeyFiles implements SigningKeyFiles {
  private static final String LABEL = "PRIVATE KEY";
  private static final int SEED_BYTES = 32;

  /** A PEM file of such a key has 119 bytes; what is longer is another file. */
  private static final int MAX_BYTES = 4096;

  /** PKCS#8 of Ed25519, before the 32 bytes of the key itself (RFC 8410 section 7). */
  private static final byte[] PKCS8 = HexFormat.of().parseHex("302e020100300506032b657004220420");

  private final SecureRandom random = new SecureRandom();

  @Override
  public synchronized SigningKey openOrMake(Path file) throws IdentityUnusable {
    OwnedSecretFile owned = new OwnedSecretFile("The signing key file", file, MAX_BYTES);
    if (owned.stamp().isEmpty()) {
      make(file);
    }
    try (Secret content = owned.read()) {
      return read(file, content.exposeSecretBytes());
    }
  }

  private static SigningKey read(Path file, byte[] pem) throws IdentityUnusable {
    byte[] der = der(pem).orElseThrow(() -> unknown(file));
    try {
      if (der.length != PKCS8.length + SEED_BYTES
          || !Arrays.equals(PKCS8, Arrays.copyOf(der, PKCS8.length))) {
        throw unknown(file);
      }
      return new Ed25519Key(Arrays.copyOfRange(der, PKCS8.length, der.length));
    } finally {
      Arrays.fill(der, (byte) 0);
      Arrays.fill(pem, (byte) 0);
    }
  }

  private static Optional<byte[]> der(byte[] pem) {
    try {
      return Optional.of(Pem.first(LABEL, pem));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static IdentityUnusable unknown(Path file) {
    return new IdentityUnusable(
        "The signing key file "
            + file
            + " has no Ed25519 key in it; put the right one there, or remove it and a new key is"
            + " made");
  }

  private void make(Path file) throws IdentityUnusable {
    byte[] seed = new byte[SEED_BYTES];
    random.nextBytes(seed);
    byte[] der = Arrays.copyOf(PKCS8, PKCS8.length + SEED_BYTES);
    System.arraycopy(seed, 0, der, PKCS8.length, SEED_BYTES);
    byte[] pem = Pem.block(LABEL, der);
    try {
      OwnerOnlyFiles.create(file, pem);
    } catch (FileAlreadyExistsException e) {
      // Somebody else made it meanwhile: theirs is read.
      return;
    } catch (IOException e) {
      throw new IdentityUnusable(
          "The signing key file "
              + file
              + " cannot be written ("
              + e
              + "); check that its folder may be written and the disk has space",
          e);
    } finally {
      Arrays.fill(seed, (byte) 0);
      Arrays.fill(der, (byte) 0);
      Arrays.fill(pem, (byte) 0);
    }
  }
}
