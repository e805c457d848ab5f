package org.noports.atserver.host.tenant;

import static java.util.Objects.requireNonNull;

import org.noports.atserver.host.record.Bounds;

/**
 * What one atSign can take of what all share.
 *
 * @param stored by it and for it
 * @param strangerBytes of one command from somebody who has not shown who they are
 * @param underWayBytes of all unfinished commands to it together
 */
public record Quota(Bounds stored, int strangerBytes, long underWayBytes) {
  public Quota {
    requireNonNull(stored, "stored is null");
  }
}
