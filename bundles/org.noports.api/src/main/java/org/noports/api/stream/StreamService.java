package org.noports.api.stream;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A service that takes streams from the tunnel inside the device's JVM and listens nowhere: the
 * exit of targets written {@code service:NAME}. Register it with the property {@link #NAME}.
 */
@ConsumerType
public interface StreamService {
  /** Service property: the name that targets use, for example {@code ssh}. */
  String NAME = "noports.stream.service";

  /**
   * Takes over one stream; the service closes it. Called on an I/O loop: return at once, work on
   * threads of your own.
   */
  void accept(ByteStream stream, StreamOrigin origin);
}
