package org.noports.policy.rules.imported;

import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What one client may reach through some devices.
 *
 * @param from the group that it comes from, for people
 * @param client its atSign
 * @param devices as books write them
 * @param when what has to hold beside, as books write it
 * @param places as books write them; none where the client may only ask whether a device is there
 */
record Grant(
    String from, String client, String devices, Optional<String> when, SortedSet<String> places) {
  Grant {
    places = new TreeSet<>(places);
  }

  /** All but whom it is for. */
  Grant forNobody() {
    return new Grant(from, "", devices, when, places);
  }
}
