package org.noports.atserver.host.tenant;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.noports.atserver.host.record.AtNotification;
import org.noports.atserver.host.record.GuardedPattern;
import org.noports.atserver.host.record.Heard;
import org.noports.protocol.verb.NotificationJson;

/**
 * One listener of an atSign's notifications: first what the inbox held already, then what comes,
 * each once and in order.
 */
public final class Monitor {
  private final GuardedPattern wanted;
  private final boolean strict;
  private final Consumer<Heard> push;
  private List<Heard> early = new ArrayList<>();
  private boolean live;

  public Monitor(GuardedPattern wanted, boolean strict, Consumer<Heard> push) {
    this.strict = strict;
    this.wanted = requireNonNull(wanted, "wanted is null");
    this.push = requireNonNull(push, "push is null");
  }

  /** Ends the time of replay: pushes {@code stored}, then what came in meanwhile. */
  synchronized void replayed(List<AtNotification> stored) {
    Set<String> pushed = new HashSet<>();
    for (AtNotification notification : stored) {
      offer(new Heard(notification.told()));
      pushed.add(notification.id());
    }
    early.stream().filter(heard -> !pushed.contains(heard.told().id())).forEach(this::offer);
    early = List.of();
    live = true;
  }

  /** A notification has just been stored. */
  synchronized void arrived(Heard heard) {
    if (live) {
      offer(heard);
    } else {
      early.add(heard);
    }
  }

  /**
   * Something that is told as it happens, to everybody; who asked to be told strictly what their
   * expression says is spared it.
   */
  synchronized void passing(Heard heard) {
    if (live && !strict) {
      push.accept(heard);
    }
  }

  private void offer(Heard heard) {
    if (matches(heard.told())) {
      push.accept(heard);
    }
  }

  /** In the key, or in the sender's name without its at; a hopeless expression matches nothing. */
  private boolean matches(NotificationJson told) {
    try {
      return wanted.foundIn(told.key()) || wanted.foundIn(told.from().bare());
    } catch (GuardedPattern.TooCostly e) {
      return false;
    }
  }
}
