package org.noports.atserver.host.tenant;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.noports.atserver.host.record.AtNotification;
import org.noports.atserver.host.record.GuardedPattern;

/**
 * One listener of an atSign's notifications: first what the inbox held already, then what comes,
 * each once and in order.
 */
public final class Monitor {
  private final GuardedPattern wanted;
  private final Consumer<AtNotification> push;
  private List<AtNotification> early = new ArrayList<>();
  private boolean live;

  public Monitor(GuardedPattern wanted, Consumer<AtNotification> push) {
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

  private void offer(AtNotification notification) {
    if (matches(notification)) {
      push.accept(notification);
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
