package org.noports.tunnel;

import java.util.Optional;
import org.noports.api.audit.Audit;
import org.noports.api.stream.StreamService;
import org.noports.transport.EventLoops;

/** What sessions need of their provider, as it is now. */
interface Surroundings {
  EventLoops loops();

  TunnelSettings settings();

  Optional<Audit> audit();

  /** Where the devices listen for their clients. */
  ReverseEntrances listening();

  /** The stream service of that name, if one is registered now. */
  Optional<StreamService> service(String name);
}
