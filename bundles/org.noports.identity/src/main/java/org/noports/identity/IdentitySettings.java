package org.noports.identity;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.noports.api.AtSign;

/**
 * Where key files are looked for, in order.
 *
 * @param folders at least one
 * @param passphrases the folder of passphrase files, if there is one
 * @param listed whether a list of signing keys is published, or one
 */
record IdentitySettings(List<Path> folders, Optional<Path> passphrases, boolean listed) {
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
        : new IdentitySettings(folders, path(passphrases), false);
  }

  /** The same, with a list of signing keys or without. */
  IdentitySettings listed(boolean list) {
    return new IdentitySettings(folders, passphrases, list);
  }

  /** The file name that every client of the atPlatform uses. */
  static String fileName(AtSign atSign) {
    return atSign.name() + KeyFolderIdentities.SUFFIX;
  }

  /** Every atSign with a key file, in order. */
  List<AtSign> present() {
    TreeSet<AtSign> found = new TreeSet<>();
    for (Path folder : folders) {
      try (DirectoryStream<Path> files =
          Files.newDirectoryStream(folder, "@*" + KeyFolderIdentities.SUFFIX)) {
        files.forEach(file -> owner(file).ifPresent(found::add));
      } catch (IOException | DirectoryIteratorException e) {
        // A folder that is not there, or not ours to list, holds no identity of ours.
        continue;
      }
    }
    return List.copyOf(found);
  }

  private static Optional<AtSign> owner(Path file) {
    String name = file.getFileName().toString();
    try {
      return Optional.of(
          AtSign.of(name.substring(0, name.length() - KeyFolderIdentities.SUFFIX.length())));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The first folder's file that is there; else where it would be. */
  Path keyFile(AtSign atSign) {
    String name = fileName(atSign);
    return folders.stream()
        .map(folder -> folder.resolve(name))
        .filter(Files::exists)
        .findFirst()
        .orElseGet(() -> folders.get(0).resolve(name));
  }

  /** The path that {@code text} names, or none if it is blank. */
  static Optional<Path> path(String text) {
    return Optional.of(text)
        .map(String::trim)
        .filter(named -> !named.isEmpty())
        .map(IdentitySettings::folder);
  }

  private static Path folder(String text) {
    String home = System.getProperty("user.home");
    String expanded = text.replace(HOME_VARIABLE, home);
    boolean tilde = expanded.equals("~") || expanded.startsWith("~/");
    return Path.of(tilde ? home + expanded.substring(1) : expanded).toAbsolutePath().normalize();
  }
}
