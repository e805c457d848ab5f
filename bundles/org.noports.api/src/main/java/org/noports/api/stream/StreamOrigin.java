package org.noports.api.stream;

import static java.util.Objects.requireNonNull;

import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.SessionId;

/**
 * Who is at the far end of a stream: proven by the session that carries it.
 *
 * @param client the client's atSign, verified by its signature on the request
 * @param device the device that admitted the session
 * @param session the session
 */
public record StreamOrigin(AtSign client, DeviceAddress device, SessionId session) {
  public StreamOrigin {
    requireNonNull(client, "client is null");
    requireNonNull(device, "device is null");
    requireNonNull(session, "session is null");
  }
}
