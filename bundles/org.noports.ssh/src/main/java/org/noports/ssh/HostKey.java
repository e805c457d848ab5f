package org.noports.ssh;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.noports.api.ssh.SshPublicKey;

/** The built-in server's host key: ECDSA on P-256, made once and kept in a file of its owner. */
final class HostKey {
  private HostKey() {}

  /** Reads the key in {@code file}, or makes one and writes it. */
  static KeyPair readOrMake(Path file) throws IOException, GeneralSecurityException {
    try {
      List<String> lines = Files.readAllLines(file);
      if (lines.size() != 2) {
        throw new IOException(
            file + " is not a host key of ours: expected two lines; move it away to get a new one");
      }
      return decode(lines);
    } catch (NoSuchFileException e) {
      KeyPair made = make();
      write(file, made);
      return made;
    }
  }

  /** The fingerprint as OpenSSH prints it, {@code SHA256:…}. */
  static String fingerprint(PublicKey key) {
    return KeyUtils.getFingerPrint(BuiltinDigests.sha256, key);
  }

  /** The key as clients see it. */
  static SshPublicKey shown(PublicKey key) {
    return SshPublicKey.of(PublicKeyEntry.toString(key));
  }

  private static KeyPair make() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static KeyPair decode(List<String> lines) throws GeneralSecurityException {
    KeyFactory factory = KeyFactory.getInstance("EC");
    byte[] secret = Base64.getDecoder().decode(lines.get(1));
    try {
      return new KeyPair(
          factory.generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(lines.get(0)))),
          (ECPrivateKey) factory.generatePrivate(new PKCS8EncodedKeySpec(secret)));
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  private static void write(Path file, KeyPair key) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path fresh =
        Files.createTempFile(
            file.toAbsolutePath().getParent(),
            ".host-key",
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Base64.Encoder base64 = Base64.getEncoder();
    Files.write(
        fresh,
        List.of(
            base64.encodeToString(key.getPublic().getEncoded()),
            base64.encodeToString(key.getPrivate().getEncoded())));
    if (Files.exists(file)) {
      Files.delete(fresh);
      throw new FileAlreadyExistsException(file.toString());
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
