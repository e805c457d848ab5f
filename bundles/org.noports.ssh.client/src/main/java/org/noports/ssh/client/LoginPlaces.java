package org.noports.ssh.client;

import java.nio.file.Path;
import org.noports.api.door.RawCall;
import org.noports.ssh.client.login.Places;

/**
 * Where logins find host keys and the person's own.
 *
 * @param home the person's
 * @param knownHosts the host keys that this instance knows
 */
record LoginPlaces(Path home, Path knownHosts) {
  static LoginPlaces ofThisInstance() {
    return new LoginPlaces(
        Path.of(System.getProperty("user.home", "")).toAbsolutePath(),
        WrittenSshConfig.knownHosts(Path.of(System.getProperty("karaf.base", ""))));
  }

  Places of(RawCall call) {
    return new Places(call.folder(), home);
  }
}
