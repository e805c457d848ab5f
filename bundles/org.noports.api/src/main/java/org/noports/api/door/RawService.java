package org.noports.api.door;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Something that a program reaches through the local door with its standard streams, byte for byte
 * and past the shell: a proxy for {@code ssh}, a terminal. Register it with the property {@link
 * #NAME}.
 */
@ConsumerType
public interface RawService {
  /** Service property: the name that callers use, for example {@code proxy}. */
  String NAME = "noports.door.service";

  /**
   * Serves one caller, the owner of this instance, until it is done.
   *
   * <p>Called on a thread of the caller's own, which may block and is interrupted when the caller
   * leaves or asks for it. The streams are the door's: they end when this returns.
   *
   * @param arguments what the caller gave behind the name
   * @param in what it sends; asked of it only when read
   * @param out what it gets; flush where it should see something
   * @param err what its user should read
   * @return the exit code
   */
  int serve(List<String> arguments, InputStream in, OutputStream out, OutputStream err)
      throws Exception;

  /**
   * Serves one caller, as {@link #serve(List, InputStream, OutputStream, OutputStream)} does, which
   * is what this is for services that need no terminal and no surroundings.
   *
   * @return the exit code
   */
  default int serve(RawCall call) throws Exception {
    return serve(call.arguments(), call.in(), call.out(), call.err());
  }
}
