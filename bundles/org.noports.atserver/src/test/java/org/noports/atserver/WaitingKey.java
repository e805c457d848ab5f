package org.noports.atserver;

import org.noports.api.AtSign;
import org.noports.api.identity.Identity;
import org.noports.api.identity.PendingAuthentication;
import org.noports.api.identity.PostQuantumKeys;
import org.noports.api.identity.SigningKey;
import org.noports.testkit.fakes.PosingKey;

/** The key file of enrollment {@code id-1} with a key that waits to be used. */
final class WaitingKey implements PostQuantumKeys, PendingAuthentication {
  final PosingKey key = PosingKey.cut();
  boolean left;
  boolean used;

  @Override
  public Identity addSigningKey(AtSign atSign) {
    throw new AssertionError("It is not asked for");
  }

  @Override
  public PendingAuthentication pendingAuthentication(AtSign atSign) {
    return this;
  }

  @Override
  public String enrollmentId() {
    return "id-1";
  }

  @Override
  public SigningKey key() {
    return key;
  }

  @Override
  public boolean resumed() {
    return left;
  }

  @Override
  public Identity use() {
    used = true;
    return TwoAtSigns.ALICES_KEYS.authenticatingBy(key);
  }
}
