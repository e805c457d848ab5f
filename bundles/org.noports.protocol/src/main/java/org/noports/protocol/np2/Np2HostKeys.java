package org.noports.protocol.np2;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.noports.api.ProtocolViolation;
import org.noports.api.ssh.SshAtDevice;
import org.noports.api.ssh.SshPublicKey;
import org.noports.protocol.json.JsonArray;
import org.noports.protocol.json.JsonObject;

/**
 * What SSH servers at a session's target show, in the {@code np2} of the answer that the device
 * signs (docs/protocol/np2.md 4): whoever believes the answer needs to ask nobody about a host key.
 */
public final class Np2HostKeys {
  private static final String FIELD = "sshHostKeys";

  private Np2HostKeys() {}

  /** {@code np2} with these; as it is if there are none. */
  public static JsonObject into(JsonObject np2, List<SshPublicKey> keys) {
    return keys.isEmpty()
        ? np2
        : np2.toBuilder()
            .put(
                FIELD,
                keys.stream().limit(SshAtDevice.MOST_KEYS).map(SshPublicKey::toString).toList())
            .build();
  }

  /**
   * Those in a verified payload; empty if it says nothing of them.
   *
   * @throws ProtocolViolation if they cannot be read
   */
  public static List<SshPublicKey> of(JsonObject payload) throws ProtocolViolation {
    Optional<JsonObject> np2 = payload.object(Np2Offer.FIELD);
    if (np2.isEmpty() || !Np2Offer.speaks(np2.get())) {
      return List.of();
    }
    Optional<JsonArray> said = np2.get().array(FIELD);
    List<SshPublicKey> keys = new ArrayList<>();
    for (String each : said.isPresent() ? said.get().texts() : List.<String>of()) {
      keys.add(key(each));
    }
    if (keys.size() > SshAtDevice.MOST_KEYS) {
      throw new ProtocolViolation("np2: more than " + SshAtDevice.MOST_KEYS + " SSH host keys");
    }
    return List.copyOf(keys);
  }

  private static SshPublicKey key(String said) throws ProtocolViolation {
    try {
      return SshPublicKey.of(said);
    } catch (IllegalArgumentException e) {
      throw new ProtocolViolation("np2: an SSH host key cannot be read: " + e.getMessage(), e);
    }
  }
}
