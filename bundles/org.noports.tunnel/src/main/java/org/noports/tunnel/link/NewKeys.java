package org.noports.tunnel.link;

import static java.util.Objects.requireNonNull;

import java.util.Set;
import org.noports.api.cipher.Provider;
import org.noports.api.tunnel.Suite;

/**
 * Both directions of a link are under the keys of a new root.
 *
 * @param epoch of the root
 * @param suite that computes with it
 * @param providers who brought the suite at this end
 * @param ours whether this end had offered
 */
public record NewKeys(int epoch, Suite suite, Set<Provider> providers, boolean ours) {
  public NewKeys {
    requireNonNull(suite, "suite is null");
    providers = Set.copyOf(providers);
  }
}
