package org.noports.atserver.host.line;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
  private volatile boolean closed;

  public Reception(Tenant tenant, VerbTable verbs) {
    this.tenant = requireNonNull(tenant, "tenant is null");
    this.verbs = requireNonNull(verbs, "verbs is null");
  }

  /** Begins the conversation on a connection whose TLS stands; on its loop. */
  public LineReader accept(LineChannel channel) {
    if (closed) {
      return Turned.away(channel, GONE);
    }
    if (makeRoom().full()) {
      return Turned.away(channel, FULL);
    }
    Conversation conversation =
        new Conversation(verbs, tenant, channel, () -> connections.remove(channel));
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

  /** Bytes that one command may have. */
  public int longestCommand() {
    return tenant.limits().commandBytes();
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
