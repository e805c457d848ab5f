package org.noports.identity;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.noports.api.IdentityUnusable;
import org.noports.api.Secret;

/**
 * A file with a secret in it, read only if it is ours and nobody else may read it: what others can
 * read is no secret, and what others own they can exchange.
 *
 * @param what it is, for messages: {@code The key file of @alice}
 * @param path where it is
 * @param maxBytes what is larger is something else
 */
record OwnedSecretFile(String what, Path path, int maxBytes) {
  /** The file as it is now; empty if there is none. */
  Optional<FileStamp> stamp() throws IdentityUnusable {
    try {
      return Optional.of(FileStamp.of(path));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** What is in it. */
  Secret read() throws IdentityUnusable {
    FileStamp stamp = stamp().orElseThrow(() -> unreadable(new NoSuchFileException("")));
    if (stamp.stranger().isPresent()) {
      String owner = stamp.stranger().get();
      throw new IdentityUnusable(
          what
              + " belongs to user '"
              + owner
              + "', not to you: "
              + path
              + "; chown it, or put your own there");
    }
    if (stamp.tooOpen()) {
      throw new IdentityUnusable(
          what + " may be read by others on this machine: " + path + "; run: chmod 600 " + path);
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(maxBytes + 1);
      if (bytes.length > maxBytes) {
        Arrays.fill(bytes, (byte) 0);
        throw new IdentityUnusable(what + " cannot be used: " + path + ": it is too large for one");
      }
      return Secret.owning(bytes);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private IdentityUnusable unreadable(IOException cause) {
    return new IdentityUnusable(
        what
            + " cannot be read: "
            + path
            + " ("
            + cause.getClass().getSimpleName()
            + "); check who owns it and its permissions",
        cause);
  }
}
