package org.noports.atserver.host.tenant;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.noports.atserver.host.record.AtNotification;
import org.noports.atserver.host.record.GuardedPattern;
import org.noports.protocol.verb.NotificationJson;

/**
 * One listener of an atSign's notifications: first what the inbox held already, then what comes,
 * each once and in order.
 */
public final class Monitor {
  private final GuardedPattern wanted;
  private final boolean strict;
  private final Consumer<NotificationJson> push;
  private List<AtNotification> early = new ArrayList<>();
  private boolean live;

  public Monitor(GuardedPattern wanted, boolean strict, Consumer<NotificationJson> push) {
    this.strict = strict;
    this.wanted = requireNonNull(wanted, "wanted is null");
    this.push = requireNonNull(push, "push is null");
  }

  /** Ends the time of replay: pushes {@code stored}, then what came in meanwhile. */
  synchronized void replayed(List<AtNotification> stored) {
    Set<String> pushed = new HashSet<>();
    for (AtNotification notification : stored) {
      offer(notification);
      pushed.add(notification.id());
    }
    early.stream().filter(notification -> !pushed.contains(notification.id())).forEach(this::offer);
    early = List.of();
    live = true;
  }

  /** A notification has just been stored. */
  synchronized void arrived(AtNotification notification) {
    if (live) {
      offer(notification);
    } else {
      early.add(notification);
    }
  }

  /**
   * Something that is told as it happens, to everybody; who asked to be told strictly what their
   * expression says is spared it.
   */
  synchronized void passing(NotificationJson told) {
    if (live && !strict) {
      push.accept(told);
    }
  }

  private void offer(AtNotification notification) {
    if (matches(notification)) {
      push.accept(notification.told());
    }
  }

  /** In the key, or in the sender's name without its at; a hopeless expression matches nothing. */
  private boolean matches(AtNotification notification) {
    try {
      return wanted.foundIn(notification.told().key())
          || wanted.foundIn(notification.from().bare());
    } catch (GuardedPattern.TooCostly e) {
      return false;
    }
  }
}
