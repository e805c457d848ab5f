package org.noports.testkit.fake;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.noports.api.AtSign;
import org.noports.api.IdentityUnusable;
import org.noports.api.identity.Identities;

/** Identities that were added by the test; every other atSign has no key file. */
public final class FakeIdentities implements Identities {
  private final Map<AtSign, FakeIdentity> identities = new ConcurrentHashMap<>();

  /** Adds an identity. */
  public FakeIdentities with(FakeIdentity identity) {
    identities.put(identity.atSign(), identity);
    return this;
  }

  @Override
  public FakeIdentity identity(AtSign atSign) throws IdentityUnusable {
    FakeIdentity identity = identities.get(atSign);
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
