package org.noports.api.tunnel;

import org.noports.api.stream.ByteStream;
import org.noports.api.stream.StreamOrigin;
import org.noports.api.stream.StreamService;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A stream service that opens more on behalf of who comes, as SSH's forwards do: each of those goes
 * through the session's gate, the same that admitted the stream itself. Register it as a {@link
 * StreamService}.
 */
@ConsumerType
public interface GatedStreamService extends StreamService {
  /**
   * As {@link StreamService#accept(ByteStream, StreamOrigin)}, which the tunnel does not call for
   * such a service.
   *
   * @param gate decides on what is opened beyond this JVM; nothing is opened before it said yes
   */
  void accept(ByteStream stream, StreamOrigin origin, StreamGate gate);

  /** Without a gate: everything beyond this JVM is refused. */
  @Override
  default void accept(ByteStream stream, StreamOrigin origin) {
    accept(stream, origin, StreamGate.none());
  }
}
