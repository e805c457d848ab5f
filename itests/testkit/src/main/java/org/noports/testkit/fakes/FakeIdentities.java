package org.noports.testkit.fakes;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.noports.api.AtSign;
import org.noports.api.IdentityUnusable;
import org.noports.api.identity.Identities;

/** Identities that were added by the test; every other atSign has no key file. */
public final class FakeIdentities implements Identities {
  private final Map<AtSign, RealKeys> identities = new ConcurrentHashMap<>();

  /** Adds an identity. */
  public FakeIdentities with(RealKeys identity) {
    identities.put(identity.atSign(), identity);
    return this;
  }

  @Override
  public RealKeys identity(AtSign atSign) throws IdentityUnusable {
    RealKeys identity = identities.get(atSign);
    if (identity == null) {
      throw new IdentityUnusable("There is no key file of " + atSign);
    }
    return identity;
  }

  @Override
  public List<AtSign> present() {
    return identities.keySet().stream().sorted().toList();
  }

  @Override
  public Path keyFile(AtSign atSign) {
    return Path.of("keys", atSign + "_key.atKeys");
  }
}
