package org.noports.api.ssh;

import java.util.concurrent.CompletionStage;
import org.noports.api.stream.ByteStream;

/** Runs commands on the far side of a stream at whose end an SSH server stands. */
public interface RemoteCommands {
  /**
   * Runs one command and waits for its end; takes over and closes the stream.
   *
   * <p>Authenticates by nothing but the stream's session ({@code none}); the server is known by its
   * host key. Output is kept in memory, at most {@value #MAX_OUTPUT_BYTES} bytes of each kind.
   * Fails with {@link org.noports.api.PeerUnverified} if the host key is another, with {@link
   * org.noports.api.SessionRefused} if the server lets nobody in, and with {@link
   * org.noports.api.SessionGone} if the stream ends first.
   *
   * @param user the user name to ask for
   * @param command a command line for the user's shell
   * @param hostKeyFingerprint what the server must show, {@code SHA256:…}
   */
  CompletionStage<RemoteResult> run(
      ByteStream stream, String user, String command, String hostKeyFingerprint);

  /** More output than this ends the command with an error. */
  int MAX_OUTPUT_BYTES = 1 << 20;
}
