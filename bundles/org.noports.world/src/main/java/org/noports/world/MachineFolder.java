package org.noports.world;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.noports.api.AtSign;
import org.noports.api.identity.CertificateAuthority;
import org.noports.api.identity.Identity;

/** The folder of one machine: its {@code etc}, with configuration, keys and the CA to trust. */
record MachineFolder(Path folder) {
  Path etc() {
    return folder.resolve("etc");
  }

  /** Makes the folders that every machine has, for their owner only. */
  void make(Path caFolder) throws IOException {
    for (Path path : new Path[] {etc().resolve(MachineSettings.TRUST), keys()}) {
      Files.createDirectories(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    Files.copy(
        caFolder.resolve(CertificateAuthority.CA_CERTIFICATE),
        etc().resolve(MachineSettings.TRUST).resolve(CertificateAuthority.CA_CERTIFICATE),
        StandardCopyOption.REPLACE_EXISTING);
  }

  Path keys() {
    return etc().resolve(MachineSettings.KEYS);
  }

  /** Where the key file of {@code atSign} is in this machine's folder. */
  Path keyFile(AtSign atSign) {
    return keys().resolve(atSign + "_key.atKeys");
  }

  /** Writes one {@code .cfg} file for each PID. */
  void configure(String about, Map<String, Map<String, String>> settings) throws IOException {
    for (Map.Entry<String, Map<String, String>> pid : settings.entrySet()) {
      StringBuilder text = new StringBuilder("# " + about + "\n");
      pid.getValue().forEach((key, value) -> text.append(key + " = " + value + "\n"));
      Files.writeString(etc().resolve(pid.getKey() + ".cfg"), text, StandardCharsets.UTF_8);
    }
  }

  /** Tells the atServer host of an atSign that it shall serve at {@code port}. */
  void host(Identity identity, int port) throws IOException {
    Path atSigns = Files.createDirectories(etc().resolve(MachineSettings.ATSIGNS));
    Files.writeString(
        atSigns.resolve(identity.atSign().bare() + ".atsign"),
        "atSign = "
            + identity.atSign()
            + (port == 0 ? "" : "\nport = " + port)
            + "\nauthenticationKey = "
            + identity.authenticationPublicKey()
            + "\nencryptionKey = "
            + identity.encryptionPublicKey()
            + "\n",
        StandardCharsets.UTF_8);
  }
}
