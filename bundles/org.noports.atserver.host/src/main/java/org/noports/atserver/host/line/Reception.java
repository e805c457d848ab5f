package org.noports.atserver.host.line;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.noports.atserver.host.tenant.Tenant;
import org.noports.atserver.host.verb.VerbTable;
import org.noports.transport.LineChannel;
import org.noports.transport.LineReader;

/** The connections to one hosted atSign, through whichever port they came. Thread-safe. */
public final class Reception implements AutoCloseable {
  private static final String FULL = "error:AT0012-Inbound connection limit exceeded\n";
  private static final String GONE =
      "error:AT0007-Exception: not here : this atSign is no longer served here\n";

  private final Tenant tenant;
  private final VerbTable verbs;
  private final Map<LineChannel, Conversation> connections = new ConcurrentHashMap<>();
  private final Strangers everywhere;
  private final Strangers strangers;
  private final AtomicLong underWay = new AtomicLong();
  private volatile boolean closed;

  /**
   * Without anybody yet.
   *
   * @param everywhere the strangers at all ports of the host
   */
  public Reception(Tenant tenant, VerbTable verbs, Strangers everywhere) {
    this.tenant = requireNonNull(tenant, "tenant is null");
    this.verbs = requireNonNull(verbs, "verbs is null");
    this.everywhere = requireNonNull(everywhere, "everywhere is null");
    // Half of the places: the other half is for those who come from elsewhere.
    this.strangers = new Strangers(() -> Math.max(1, tenant.limits().inbound() / 2));
  }

  /** Begins the conversation on a connection whose TLS stands; on its loop. */
  public LineReader accept(LineChannel channel) {
    if (closed) {
      return Turned.away(channel, GONE);
    }
    InetAddress from = ((InetSocketAddress) channel.remote()).getAddress();
    if (everywhere.tooMany(from) || makeRoom().full()) {
      return Turned.away(channel, FULL);
    }
    Optional<Runnable> left = strangers.enter(from);
    if (left.isEmpty() || strangers.tooMany(from)) {
      left.ifPresent(Runnable::run);
      return Turned.away(channel, FULL);
    }
    return begin(channel, new Introduction(left.get()));
  }

  private LineReader begin(LineChannel channel, Introduction introduction) {
    Conversation conversation =
        new Conversation(verbs, tenant, channel, introduction, underWay, connections::remove);
    connections.put(channel, conversation);
    if (closed) {
      // Closed between our look and now.
      channel.close();
    }
    return conversation;
  }

  /** Sends those away who have been silent for longer than so many allow; who is left. */
  private Crowd makeRoom() {
    Crowd crowd = new Crowd(connections.size(), tenant.limits().inbound());
    if (!crowd.presses()) {
      return crowd;
    }
    int gone = 0;
    for (Map.Entry<LineChannel, Conversation> one : connections.entrySet()) {
      if (one.getValue().outstays(crowd)) {
        one.getKey().close();
        gone++;
      }
    }
    return new Crowd(crowd.present() - gone, crowd.most());
  }

  /** Connections open now. */
  public int connections() {
    return connections.size();
  }

  /** Ends all connections; takes none any more. */
  @Override
  public void close() {
    closed = true;
    connections.keySet().forEach(LineChannel::close);
  }
}
