package org.noports.access;

import java.util.List;
import org.noports.api.ValueNotFound;
import org.noports.api.access.TimedAccess;

/** Which request somebody means who writes its id, or the beginning of one. */
final class Meant {
  private Meant() {}

  static TimedAccess of(String id, List<TimedAccess> among, String state) throws ValueNotFound {
    List<TimedAccess> found =
        among.stream().filter(each -> each.wish().id().startsWith(id)).toList();
    if (found.size() == 1 && !id.isEmpty()) {
      return found.get(0);
    }
    throw new ValueNotFound(
        found.isEmpty()
            ? "No request for access '" + id + "' " + state + " here; see noports:access-requests"
            : "'" + id + "' begins the ids of " + found.size() + " requests: write more of it");
  }
}
