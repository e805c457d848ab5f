package org.noports.ssh.client.login;

import java.nio.file.Path;

/**
 * Where a caller's relative paths and its ~ lead.
 *
 * @param folder where it stands
 * @param home its home
 */
public record Places(Path folder, Path home) {
  /** A path as somebody wrote it. */
  public Path file(String text) {
    if (text.equals("~")) {
      return home;
    }
    return text.startsWith("~/") ? home.resolve(text.substring(2)) : folder.resolve(text);
  }
}
