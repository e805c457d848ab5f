package org.noports.atserver;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.noports.api.NoPortsException;

/**
 * The connections for look-ups at other atServers. Ours answers one command of a connection after
 * the other, and asks a dead atServer for seconds: that must hold up neither our own commands nor
 * every other look-up. Used on the loop only.
 */
final class LookupLinks {
  /** More would take the room of our other programs at our atServer. */
  private static final int MAX_LINKS = 4;

  private final Supplier<ReconnectingLink> newLink;
  private final Commands template;
  private final List<ReconnectingLink> links = new ArrayList<>();
  private final List<Commands> each = new ArrayList<>();

  /**
   * @param template of which each connection's commands are made
   * @param newLink makes a link that is not yet dialled
   */
  LookupLinks(Commands template, Supplier<ReconnectingLink> newLink) {
    this.template = requireNonNull(template, "template is null");
    this.newLink = requireNonNull(newLink, "newLink is null");
  }

  /** Dials the first connection, so that it is there when it is needed. */
  void warm() {
    // Its failure is told to whoever looks something up.
    leastBusy().opened().exceptionally(failure -> null);
  }

  /** The connection with the fewest look-ups under way; a new one while all are busy. */
  Commands leastBusy() {
    Commands least = each.stream().min(Comparator.comparingInt(Commands::underWay)).orElse(null);
    boolean idle = least != null && least.underWay() == 0;
    return idle || each.size() >= MAX_LINKS ? least : another();
  }

  private Commands another() {
    ReconnectingLink link = newLink.get();
    Commands commands = template.over(link);
    links.add(link);
    each.add(commands);
    return commands;
  }

  /** Tries what waits, and tests what stands. */
  void wake() {
    links.forEach(ReconnectingLink::wake);
  }

  void close(NoPortsException reason) {
    links.forEach(link -> link.close(reason));
  }
}
