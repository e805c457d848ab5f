package org.noports.ssh.keys;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.noports.ssh.command.Account;

/**
 * What sessions may do with the account's keys.
 *
 * @param account whose keys
 * @param file where they are; empty if sessions may do nothing
 * @param sshdPort where the device's sshd listens
 * @param life how long a session's key stays
 * @param grantOptions what is put before a session's key, beside our own restrictions
 * @param accepts whether clients may leave keys
 * @param acceptOptions what is put before those
 */
public record KeySettings(
    Account account,
    Optional<Path> file,
    int sshdPort,
    Duration life,
    String grantOptions,
    boolean accepts,
    String acceptOptions) {
  private static final String OF_HOME = "~/";

  public KeySettings {
    requireNonNull(account, "account is null");
    requireNonNull(file, "file is null");
    requireNonNull(life, "life is null");
    requireNonNull(grantOptions, "grantOptions is null");
    requireNonNull(acceptOptions, "acceptOptions is null");
  }

  /** The file that the configuration names; blank for none, {@code ~/} for the account's home. */
  public static Optional<Path> file(String configured, Account account) {
    String path = configured.trim();
    if (path.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        path.startsWith(OF_HOME)
            ? account.home().resolve(path.substring(OF_HOME.length()))
            : Path.of(path));
  }

  /**
   * Options of a key, which are one part of one line.
   *
   * @throws IOException with a full sentence, if they are more
   */
  public static String options(String key, String configured) throws IOException {
    if (configured.chars().anyMatch(Character::isISOControl)) {
      throw new IOException(key + " has a line break or another control character in it");
    }
    return configured.trim();
  }

  KeyFile keys(Path path, KeyEvents events) {
    return new KeyFile(path, new KeyOwner(account), events);
  }
}
