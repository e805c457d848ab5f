package org.noports.ssh;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.noports.ssh.command.Account;
import org.noports.ssh.recording.RecordingSettings;

/**
 * The built-in SSH server as configured.
 *
 * @param shell what runs commands
 * @param account whom they run as
 * @param hostKey the file of the server's key
 * @param acceptEnv names of variables that clients may set, with {@code *} at the end for any
 * @param sftpRoot the folder that is served over SFTP; empty for none
 * @param x11 whether windows may be shown at the client
 * @param agent whether the client's agent may be used from here
 * @param maxConnections how many SSH connections there may be at once
 * @param maxChannels how many channels one of them may have
 * @param recording where and how much is recorded of who has to be
 */
record SshSettings(
    String shell,
    Account account,
    Path hostKey,
    List<String> acceptEnv,
    Optional<Path> sftpRoot,
    boolean x11,
    boolean agent,
    int maxConnections,
    int maxChannels,
    RecordingSettings recording) {
  SshSettings {
    requireNonNull(shell, "shell is null");
    requireNonNull(account, "account is null");
    requireNonNull(hostKey, "hostKey is null");
    acceptEnv = List.copyOf(acceptEnv);
    requireNonNull(sftpRoot, "sftpRoot is null");
    requireNonNull(recording, "recording is null");
  }

  /**
   * Reads the configuration.
   *
   * @throws IOException with a full sentence, if it cannot be so
   */
  static SshSettings of(SshServerConfig configuration) throws IOException {
    Account account = Account.of(configuration.user().trim());
    if (configuration.x11() && !account.own()) {
      throw new IOException(
          "x11 works for the account of this process only: its cookie is written there. Leave"
              + " 'user' empty, or set x11 = false");
    }
    String sftpRoot = configuration.sftpRoot().trim();
    if (!sftpRoot.isEmpty() && !account.own()) {
      throw new IOException(
          "sftpRoot serves files with the rights of this process, not of "
              + account.name()
              + ": leave 'user' empty, or sftpRoot");
    }
    return new SshSettings(
        configuration.shell().trim(),
        account,
        Path.of(configuration.hostKey()),
        Arrays.stream(configuration.acceptEnv().split("[,\\s]+"))
            .filter(name -> !name.isEmpty())
            .toList(),
        Optional.of(sftpRoot).filter(path -> !path.isEmpty()).map(Path::of),
        configuration.x11(),
        configuration.agent(),
        within("maxConnections", configuration.maxConnections(), 10_000),
        within("maxChannels", configuration.maxChannels(), 10_000),
        new RecordingSettings(
            Optional.of(configuration.auditorKey().trim())
                .filter(path -> !path.isEmpty())
                .map(Path::of),
            Path.of(configuration.recordings().trim()),
            configuration.maxRecordingBytes(),
            configuration.recordingFreeBytes()));
  }

  /** The number, if it is at least 1 and at most {@code most}. */
  static int within(String key, int number, int most) throws IOException {
    if (number < 1 || number > most) {
      throw new IOException(key + " = " + number + " is not between 1 and " + most);
    }
    return number;
  }

  /** Whether a client may set the variable of that name. */
  boolean accepts(String name) {
    return acceptEnv.stream()
        .anyMatch(
            mine ->
                mine.endsWith("*")
                    ? name.startsWith(mine.substring(0, mine.length() - 1))
                    : name.equals(mine));
  }
}
