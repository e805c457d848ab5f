package org.noports.door;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.function.Consumer;
import org.noports.door.wire.Greeting;
import org.noports.door.wire.WindowSize;

/** What one caller wants, and its three streams: all that a {@link Work} sees of it. */
interface Call {
  /** Who wants it. */
  Peer peer();

  /** How the caller's terminal is, and what its arguments are for. */
  Greeting greeting();

  /** The name of what to do, and its arguments; the name may be missing. */
  List<String> arguments();

  InputStream stdin();

  PrintStream stdout();

  PrintStream stderr();

  /** Lets the caller's terminal show what is typed, or not; only if its greeting says it can. */
  void echo(boolean on);

  /** Makes the caller's terminal raw, or as it was; only if its greeting says it types at one. */
  void raw(boolean on);

  /** Does something once the caller has had its exit code; on the door's thread. */
  void afterwards(Runnable action);

  /** Tells of the terminal's later sizes, on the door's thread. */
  void onResize(Consumer<WindowSize> listener);
}
