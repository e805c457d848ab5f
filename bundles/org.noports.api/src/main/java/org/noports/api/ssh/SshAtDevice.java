package org.noports.api.ssh;

import java.util.List;
import java.util.Optional;
import org.noports.api.StoreFailed;
import org.noports.api.Target;

/**
 * What a device says of the SSH servers that it has. It signs their host keys in its answer to a
 * session request, so that clients ask nobody whether a key is right.
 */
public interface SshAtDevice {
  /** More host keys make no sense in an answer that travels as one message. */
  int MOST_KEYS = 16;

  /**
   * The host keys of the SSH server at that target; empty if nobody vouches for any. Reads files:
   * never on an I/O loop.
   *
   * @throws StoreFailed if somebody vouches for keys there and none can be read now: a client that
   *     was told of none would believe the first it meets
   */
  List<SshPublicKey> hostKeys(Target target) throws StoreFailed;

  /**
   * Why what is done at that target could not be recorded now, for a policy that obliges to it;
   * empty if it would be. Only the server that is built in can. Reads files: never on an I/O loop.
   */
  Optional<String> whyNotRecorded(Target target);
}
