package org.noports.api.door;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One call of a {@link RawService}: what was asked for, its streams, and as much of the caller's
 * surroundings as a service needs that stands in for a program of the caller's own.
 */
@ProviderType
public interface RawCall {
  /** What the caller gave behind the service's name. */
  List<String> arguments();

  /** What it sends; asked of it only when read. A read is interrupted when the caller leaves. */
  InputStream in();

  /** What it gets; flush where it should see something. */
  OutputStream out();

  /** What its user should read. */
  OutputStream err();

  /** The terminal that the caller's input comes from; empty for a program or a file. */
  Optional<CallerTerminal> terminal();

  /** Whether somebody sees what comes out, so that it may be drawn over. */
  boolean showing();

  /** Where the caller stands: its relative paths begin there. Absolute. */
  Path folder();

  /** The socket of the caller's SSH agent ({@code SSH_AUTH_SOCK}), if it has one. */
  Optional<Path> agent();
}
