package org.noports.stories;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.noports.api.tunnel.Suite;

/** The sample's cipher bundle again and again, each time as a bundle of another name. */
final class CipherCopies {
  static final String NAME = "com.example.cipher.copy";
  static final Suite SUITE = Suite.of("x25519+sha256+aes128gcm");

  private CipherCopies() {}

  static Path make(int number) throws IOException {
    Path copy = Files.createTempFile("cipher" + number + "-", ".jar");
    copy.toFile().deleteOnExit();
    try (JarFile sample = new JarFile(new File(System.getProperty("noports.cipherSample")))) {
      Manifest manifest = sample.getManifest();
      manifest.getMainAttributes().putValue("Bundle-SymbolicName", NAME + number);
      manifest.getMainAttributes().putValue("Bundle-Version", "1.0." + number);
      try (OutputStream out = Files.newOutputStream(copy);
          JarOutputStream jar = new JarOutputStream(out, manifest)) {
        for (JarEntry entry : sample.stream().toList()) {
          if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
            jar.putNextEntry(new JarEntry(entry.getName()));
            sample.getInputStream(entry).transferTo(jar);
          }
        }
      }
    }
    return copy;
  }
}
