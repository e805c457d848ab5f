package org.noports.world;

import static org.noports.api.identity.CertificateAuthority.CA_CERTIFICATE;
import static org.noports.api.identity.CertificateAuthority.CA_KEY;
import static org.noports.api.identity.CertificateAuthority.PREVIOUS_CERTIFICATE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.noports.api.ConfigurationInvalid;

/** A world that {@link InitWorld} made: its CA, and the folders of its machines. */
record WorldFolder(Path folder) {
  /** The folder, if there is a world in it. */
  static WorldFolder of(Path folder) throws ConfigurationInvalid {
    WorldFolder world = new WorldFolder(folder.toAbsolutePath().normalize());
    if (!Files.exists(world.authority().resolve(CA_KEY))) {
      throw new ConfigurationInvalid(
          "There is no world with its CA in "
              + folder
              + ": name the folder that noports:world-init made, on the machine where it was made");
    }
    return world;
  }

  Path authority() {
    return folder.resolve("ca");
  }

  /** The machines whose folders are still here. */
  List<MachineFolder> machines() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(each -> Files.isDirectory(each.resolve("etc")))
          .sorted()
          .map(MachineFolder::new)
          .toList();
    }
  }

  /** Gives every machine the CAs that are in force, and takes away the others that were ours. */
  void spreadTrust() throws IOException {
    for (MachineFolder machine : machines()) {
      Path trust = machine.etc().resolve(MachineSettings.TRUST);
      Files.createDirectories(trust);
      for (String name : List.of(CA_CERTIFICATE, PREVIOUS_CERTIFICATE)) {
        spread(authority().resolve(name), trust.resolve(name));
      }
    }
  }

  /** Atomically, and only if it changed: whoever trusts it may read at any time. */
  private static void spread(Path from, Path to) throws IOException {
    Optional<byte[]> wanted = read(from);
    if (wanted.isEmpty()) {
      Files.deleteIfExists(to);
    } else if (!Files.exists(to) || Files.mismatch(from, to) >= 0) {
      Path staged = to.resolveSibling(to.getFileName() + ".new");
      Files.write(staged, wanted.get());
      Files.move(staged, to, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static Optional<byte[]> read(Path file) throws IOException {
    try {
      return Optional.of(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }
}
