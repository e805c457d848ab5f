package org.noports.tunnel.link;

import static java.util.Objects.requireNonNull;

import org.noports.api.tunnel.Np2Keys;

/**
 * What one end of a link is given. All of it belongs to the session and must live as long as the
 * link.
 *
 * @param keys of the handshake that both ends have finished
 * @param root the session's root now
 * @param number the link's in its session; both ends know it before they dial
 * @param limits of this link
 */
public record LinkPlan(Np2Keys keys, SessionRoot root, int number, LinkLimits limits) {
  public LinkPlan {
    requireNonNull(keys, "keys is null");
    requireNonNull(root, "root is null");
    requireNonNull(limits, "limits is null");
  }
}
