package org.noports.atserver.host.line;

import static java.util.Objects.requireNonNull;

import java.util.Set;
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
  private final Set<LineChannel> connections = ConcurrentHashMap.newKeySet();
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
    if (connections.size() >= tenant.limits().inbound()) {
      return Turned.away(channel, FULL);
    }
    connections.add(channel);
    if (closed) {
      // Closed between our look and now.
      channel.close();
    }
    return new Conversation(verbs, tenant, channel, () -> connections.remove(channel));
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
    connections.forEach(LineChannel::close);
  }
}
