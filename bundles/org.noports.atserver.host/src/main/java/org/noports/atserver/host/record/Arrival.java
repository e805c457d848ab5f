package org.noports.atserver.host.record;

/**
 * A notification in an inbox, with its place among those of the same millisecond.
 *
 * @param order counts up as they arrive
 * @param notification what arrived
 */
record Arrival(long order, AtNotification notification) implements Comparable<Arrival> {
  @Override
  public int compareTo(Arrival other) {
    int byTime =
        Long.compare(notification.told().epochMillis(), other.notification.told().epochMillis());
    return byTime != 0 ? byTime : Long.compare(order, other.order);
  }
}
