package org.noports.transport;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.Optional;

/**
 * What is said to a proxy until it has connected us, without I/O: takes what the proxy said, gives
 * what to say next. {@link ProxyHandler} carries both. The messages of failures are clauses that
 * follow the proxy's name.
 */
interface ProxyTalk {
  /** More than any proxy says before it has connected us. */
  int LONGEST = 16 * 1024;

  /** What to say first; the array is wiped once it has been sent. */
  byte[] first();

  /**
   * Takes what the proxy said so far, and leaves in it what is not its own: the first bytes of the
   * target.
   *
   * @return what to say next, empty to wait for more
   * @throws IOException if the proxy refuses or talks something else
   */
  Optional<byte[]> next(ByteBuf said) throws IOException;

  /** Whether it has connected us. */
  boolean isThrough();
}
