package org.noports.device;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.noports.api.NoPortsException;
import org.noports.api.policy.RequestKind;
import org.noports.api.ssh.AuthorizedKeys;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.session.SshRequest;

/**
 * Puts a key for the device's sshd into the answer to an {@code ssh_request}, where the device's
 * owner lets sessions have one; without it the client needs a key of its own there
 * (docs/protocol/noports.md 4.7). The key goes by itself after moments.
 */
final class LoginKeys {
  private final Neighbours neighbours;

  LoginKeys(Neighbours neighbours) {
    this.neighbours = neighbours;
  }

  JsonObject into(Asked asked, JsonObject answer) throws NoPortsException {
    Optional<AuthorizedKeys> keys = neighbours.authorizedKeys().filter(AuthorizedKeys::grantsKeys);
    if (asked.kind() != RequestKind.SSH || keys.isEmpty()) {
      return answer;
    }
    byte[] text =
        keys.get().grantForward(asked.request().sessionId()).privateKey().exposeSecretBytes();
    try {
      return SshRequest.withPrivateKey(answer, new String(text, StandardCharsets.US_ASCII));
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }
}
