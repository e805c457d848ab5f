package org.noports.identity;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.noports.api.AtSign;

/**
 * Where key files are looked for, in order.
 *
 * @param folders at least one
 * @param passphrases the folder of passphrase files, if there is one
 */
record IdentitySettings(List<Path> folders, Optional<Path> passphrases) {
  private static final String HOME_VARIABLE = "${user.home}";

  IdentitySettings {
    folders = List.copyOf(folders);
  }

  /** Reads the configured list; an empty one means the default folder. */
  static IdentitySettings of(String commaList, String passphrases) {
    List<Path> folders =
        Stream.of(commaList.split(","))
            .map(String::trim)
            .filter(text -> !text.isEmpty())
            .map(IdentitySettings::folder)
            .toList();
    return folders.isEmpty()
        ? of(KeyFolderIdentities.DEFAULT_FOLDER, passphrases)
        : new IdentitySettings(
            folders,
            Optional.of(passphrases)
                .map(String::trim)
                .filter(text -> !text.isEmpty())
                .map(IdentitySettings::folder));
  }

  /** The file name that every client of the atPlatform uses. */
  static String fileName(AtSign atSign) {
    return atSign.name() + KeyFolderIdentities.SUFFIX;
  }

  private static Path folder(String text) {
    String home = System.getProperty("user.home");
    String expanded = text.replace(HOME_VARIABLE, home);
    boolean tilde = expanded.equals("~") || expanded.startsWith("~/");
    return Path.of(tilde ? home + expanded.substring(1) : expanded).toAbsolutePath().normalize();
  }
}
