package org.noports.api.world;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.noports.api.session.HandshakeListener;
import org.noports.api.session.SessionFacts;
import org.noports.api.ssh.RemoteResult;

/** A whole world in this JVM, without any network but the loopback interface. */
public interface Demo {
  /**
   * Makes the world, starts its parts, opens a tunnel from the client to the device's built-in SSH
   * server and runs a command there.
   *
   * @param progress hears each part as it starts; then the hand-shake's steps go to {@code
   *     handshake}
   */
  CompletionStage<Outcome> run(Progress progress, HandshakeListener handshake);

  /** Hears what has been started. Called on any thread. */
  @FunctionalInterface
  interface Progress {
    /** A part stands. */
    void started(String part, Duration took);
  }

  /**
   * What came of it.
   *
   * @param client the session as the client sees it
   * @param device the session as the device sees it, with the rule that permitted it
   * @param command the command that was run
   * @param result what it left
   */
  record Outcome(SessionFacts client, SessionFacts device, String command, RemoteResult result) {}
}
