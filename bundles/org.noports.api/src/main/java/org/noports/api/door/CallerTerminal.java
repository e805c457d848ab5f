package org.noports.api.door;

import java.io.IOException;
import java.util.Optional;
import org.noports.api.Subscription;
import org.osgi.annotation.versioning.ProviderType;

/** The terminal at which a caller sits. */
@ProviderType
public interface CallerTerminal {
  /** Its type, as {@code TERM} names it. */
  String type();

  /** Characters in a line, now. */
  int columns();

  /** Lines, now. */
  int rows();

  /**
   * Tells of later sizes until closed.
   *
   * @param listener called on a thread that must not be blocked
   */
  Subscription onResize(Runnable listener);

  /**
   * Passes each key as it is, without echo, editing and signals, until closed. The calling thread
   * alone.
   */
  Subscription raw() throws IOException;

  /**
   * Asks the person for one line. Not while {@link #raw} holds.
   *
   * @param question what is shown before it
   * @param shown whether the answer is seen while it is typed
   * @return empty if there is none: the person has ended the input
   */
  Optional<String> ask(String question, boolean shown) throws IOException;
}
