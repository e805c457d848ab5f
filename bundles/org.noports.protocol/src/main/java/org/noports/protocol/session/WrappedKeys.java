package org.noports.protocol.session;

import static java.util.Objects.requireNonNull;

/**
 * The session's keys as the device sends them: each the base64 of an RSA-wrapped base64 text
 * (docs/protocol/noports.md 3).
 */
public sealed interface WrappedKeys {
  /** A key and IV for each direction. */
  record Twin(WrappedKey clientToDevice, WrappedKey deviceToClient) implements WrappedKeys {
    public Twin {
      requireNonNull(clientToDevice, "clientToDevice is null");
      requireNonNull(deviceToClient, "deviceToClient is null");
    }
  }

  /** One key and IV for both directions: what older devices send; insecure. */
  record Legacy(WrappedKey both) implements WrappedKeys {
    public Legacy {
      requireNonNull(both, "both is null");
    }
  }

  /** The session is not sealed. */
  record Absent() implements WrappedKeys {}

  /**
   * One wrapped pair.
   *
   * @param key base64 of the wrapped key
   * @param iv base64 of the wrapped IV
   */
  record WrappedKey(String key, String iv) {
    public WrappedKey {
      requireNonNull(key, "key is null");
      requireNonNull(iv, "iv is null");
    }

    @Override
    public String toString() {
      return "WrappedKey";
    }
  }
}
