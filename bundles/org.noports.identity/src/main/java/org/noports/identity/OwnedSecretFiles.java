package org.noports.identity;

import java.nio.file.Path;
import java.util.Arrays;
import org.noports.api.IdentityUnusable;
import org.noports.api.Secret;
import org.noports.api.identity.SecretFiles;
import org.osgi.service.component.annotations.Component;

/** Reads secrets from files that only we can read. */
@Component
public final class OwnedSecretFiles implements SecretFiles {
  /** A sentence of any length that somebody types; what is longer is another file. */
  private static final int MAX_BYTES = 4096;

  @Override
  public Secret firstLine(String what, Path file) throws IdentityUnusable {
    return firstLine(named(what, file));
  }

  /** A file for a secret; its name in messages begins with a capital. */
  static OwnedSecretFile named(String what, Path file) {
    return new OwnedSecretFile("The file with " + what, file, MAX_BYTES);
  }

  static Secret firstLine(OwnedSecretFile file) throws IdentityUnusable {
    try (Secret content = file.read()) {
      byte[] bytes = content.exposeSecretBytes();
      try {
        int end = 0;
        while (end < bytes.length && bytes[end] != '\n' && bytes[end] != '\r') {
          end++;
        }
        if (end == 0) {
          throw new IdentityUnusable(
              file.what() + " has nothing in its first line: " + file.path());
        }
        return Secret.owning(Arrays.copyOf(bytes, end));
      } finally {
        Arrays.fill(bytes, (byte) 0);
      }
    }
  }
}
