package org.noports.cipher.catalogue.plugin;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * The folder whose files become bundles by being there. Whoever may write into it runs code here,
 * so it has to belong to the owner of this instance and to nobody else.
 *
 * @param folder it; empty if this framework has none
 * @param witness a file or folder that this instance has made: whose it is, the folder must be
 */
public record DeployFolder(Optional<Path> folder, Path witness) {
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  /** Karaf's; without a data folder of our own nobody can say whose the instance is. */
  public static Optional<DeployFolder> of(BundleContext context) {
    return Optional.ofNullable(context.getDataFile(""))
        .map(File::toPath)
        .map(ours -> new DeployFolder(path(context), ours));
  }

  private static Optional<Path> path(BundleContext context) {
    return Optional.ofNullable(context.getProperty("karaf.base"))
        .map(base -> Path.of(base).resolve("deploy"));
  }

  /** Whether a bundle came out of this framework's; where nobody can tell, it did. */
  static boolean holds(Bundle bundle) {
    BundleContext context = bundle.getBundleContext();
    return context == null
        || path(context).filter(it -> mayHold(it, bundle.getLocation())).isPresent();
  }

  private static boolean mayHold(Path folder, String location) {
    return file(location)
        .map(it -> it.startsWith(folder.normalize()))
        .orElse(location.contains("file:") || location.contains(folder.toString()));
  }

  /** What is wrong with it, in one sentence; empty if it is as it should be, or not there. */
  public Optional<String> problem() {
    return folder.filter(Files::exists).flatMap(this::problem);
  }

  /** Why a bundle that came out of it is not taken. */
  public Optional<String> refusal(Origin origin) {
    return folder.flatMap(it -> refusal(it, origin.location()));
  }

  private Optional<String> refusal(Path folder, String location) {
    Optional<Path> file = file(location);
    if (file.isEmpty()) {
      return location.contains(folder.toString())
          ? Optional.of(
              location
                  + " cannot be told to be outside of "
                  + folder
                  + ": no plug-in is taken from there; put it there as a jar whose name has"
                  + " letters, digits, '.', '-' and '_' only")
          : Optional.empty();
    }
    return file.filter(it -> it.startsWith(folder.normalize()))
        .flatMap(
            it -> problem().or(() -> Optional.of(it).filter(Files::exists).flatMap(this::problem)));
  }

  private static Optional<Path> file(String location) {
    int file = location.indexOf("file:");
    if (file < 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(Path.of(URI.create(location.substring(file))).normalize());
    } catch (IllegalArgumentException | FileSystemNotFoundException e) {
      return Optional.empty();
    }
  }

  private Optional<String> problem(Path path) {
    try {
      if (!Files.getOwner(path).equals(Files.getOwner(witness))) {
        return Optional.of(
            path
                + " belongs to "
                + Files.getOwner(path)
                + " and not to "
                + Files.getOwner(witness)
                + ", who runs this instance: no plug-in is taken from there; chown it");
      }
      Set<PosixFilePermission> may = Files.getPosixFilePermissions(path);
      return may.stream().anyMatch(OTHERS::contains)
          ? Optional.of(
              path
                  + " can be written to by others than its owner: no plug-in is taken from"
                  + " there; chmod go-w it")
          : Optional.empty();
    } catch (UnsupportedOperationException e) {
      // A file system without owners: nobody can be told apart there.
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(path + " cannot be checked: " + e.getMessage());
    }
  }
}
