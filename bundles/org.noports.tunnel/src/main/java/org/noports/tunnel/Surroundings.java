package org.noports.tunnel;

import io.netty.channel.EventLoop;
import java.util.Optional;
import org.noports.api.audit.Audit;
import org.noports.api.stream.StreamService;
import org.noports.api.tunnel.Np2Keys;
import org.noports.transport.EventLoops;

/** What sessions need of their provider, as it is now. */
interface Surroundings {
  EventLoops loops();

  /** The loop of an NP2 session: those that a foreign plug-in can keep waiting have their own. */
  EventLoop loopOf(Np2Keys keys);

  /** Whether the caller is on a loop that sessions need. */
  boolean isOnLoop();

  TunnelSettings settings();

  Optional<Audit> audit();

  /** Where the devices listen for their clients. */
  ReverseEntrances listening();

  /** The stream service of that name, if one is registered now. */
  Optional<StreamService> service(String name);
}
