package org.noports.atserver.host;

import org.noports.atserver.host.tenant.SigningKeys;

/** Key pairs of the tests' atSigns; made once, since that takes a while. */
final class Keys {
  static final SigningKeys.Pair AUTHENTICATION = SigningKeys.generate();
  static final SigningKeys.Pair ENCRYPTION = SigningKeys.generate();

  private Keys() {}
}
