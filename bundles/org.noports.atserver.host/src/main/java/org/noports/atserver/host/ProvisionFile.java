package org.noports.atserver.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.noports.api.AtSign;
import org.noports.api.ConfigurationInvalid;
import org.noports.api.Secret;

/**
 * One {@code *.atsign} file: the operator's order to host an atSign, as {@code key = value} lines.
 *
 * @param atSign whom
 * @param hosted false to serve it no longer; its data stays
 * @param port one of its own, 0 for any; without it, the shared one if there is one
 * @param keys base64 X.509 public keys, if its owner has cut them already
 * @param cramSecretFile the secret its owner will show once, if not
 */
record ProvisionFile(
    AtSign atSign,
    boolean hosted,
    Optional<Integer> port,
    Optional<PublicKeys> keys,
    Optional<Path> cramSecretFile) {
  private static final Set<String> KNOWN =
      Set.of("atSign", "hosted", "port", "authenticationKey", "encryptionKey", "cramSecretFile");

  /** The two public keys of an atSign. */
  record PublicKeys(String authentication, String encryption) {}

  static ProvisionFile read(Path file) throws ConfigurationInvalid {
    Map<String, String> values = lines(file);
    if (!values.containsKey("atSign")) {
      throw wrong(file, "there is no line 'atSign = @name'");
    }
    Optional<String> authentication = Optional.ofNullable(values.get("authenticationKey"));
    Optional<String> encryption = Optional.ofNullable(values.get("encryptionKey"));
    Optional<Path> secret =
        Optional.ofNullable(values.get("cramSecretFile"))
            .map(file.toAbsolutePath()::resolveSibling);
    if (authentication.isPresent() != encryption.isPresent()
        || authentication.isPresent() == secret.isPresent()) {
      throw wrong(file, "give both authenticationKey and encryptionKey, or cramSecretFile alone");
    }
    try {
      return new ProvisionFile(
          AtSign.of(values.get("atSign")),
          !values.getOrDefault("hosted", "true").equals("false"),
          Optional.ofNullable(values.get("port")).map(Integer::valueOf),
          authentication.map(key -> new PublicKeys(key, encryption.orElseThrow())),
          secret);
    } catch (IllegalArgumentException e) {
      throw wrong(file, e.getMessage());
    }
  }

  /** The secret's text without white space around it. */
  static Secret readSecret(Path file) throws ConfigurationInvalid {
    try {
      return Secret.owning(Files.readString(file).trim().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw wrong(file, "the CRAM secret cannot be read: " + e.getMessage());
    }
  }

  private static Map<String, String> lines(Path file) throws ConfigurationInvalid {
    Map<String, String> values = new LinkedHashMap<>();
    try {
      for (String line : Files.readAllLines(file)) {
        String text = line.trim();
        int equals = text.indexOf('=');
        if (text.isEmpty() || text.startsWith("#")) {
          continue;
        }
        String key = equals < 1 ? text : text.substring(0, equals).trim();
        if (equals < 1 || !KNOWN.contains(key)) {
          throw wrong(
              file, "'" + key + "' is none of the keys " + KNOWN.stream().sorted().toList());
        }
        values.put(key, text.substring(equals + 1).trim());
      }
    } catch (IOException e) {
      throw wrong(file, "it cannot be read: " + e.getMessage());
    }
    return values;
  }

  private static ConfigurationInvalid wrong(Path file, String why) {
    return new ConfigurationInvalid(
        "The atSign file " + file + " is not used: " + why + ". Mend the file; it is read again.");
  }
}
