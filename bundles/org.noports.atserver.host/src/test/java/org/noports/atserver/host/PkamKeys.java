package org.noports.atserver.host;

import java.util.LinkedHashMap;
import java.util.Map;
import org.noports.atserver.host.tenant.SigningKeys;

/** The key pairs that transcripts sign with, by name: {@code first}, {@code device}. */
final class PkamKeys {
  private static final Map<String, SigningKeys.Pair> RSA =
      Map.of("first", Keys.AUTHENTICATION, "device", SigningKeys.generate());

  private PkamKeys() {}

  /** The public halves, each under its name and {@code Key}. */
  static Map<String, String> publicKeys() {
    Map<String, String> keys = new LinkedHashMap<>();
    RSA.forEach((name, pair) -> keys.put(name + "Key", pair.publicKey()));
    return keys;
  }

  /** What stands in a pkam behind its parameters. */
  static String sign(String name, String challenge) {
    return SigningKeys.sign(RSA.get(name).privateKey(), challenge);
  }
}
