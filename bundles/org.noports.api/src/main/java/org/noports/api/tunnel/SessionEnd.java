package org.noports.api.tunnel;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.noports.api.NoPortsException;
import org.noports.api.SessionGone;
import org.noports.api.SessionRefused;
import org.noports.api.Subscription;

/** One end of a running session. */
public interface SessionEnd extends AutoCloseable {
  /** Completes when the session is over, with one sentence that says why; never exceptionally. */
  CompletionStage<String> ended();

  /**
   * Ends it because it is not permitted any more, and tells the other end that this is why; below
   * level L2 nothing can be told.
   */
  default void withdraw() {
    close();
  }

  /** What it has carried so far. */
  Traffic traffic();

  /**
   * Hears when the session loses its link and when it has one again; below level L2 never, because
   * such a session ends with its control channel. If it has no link now, hears so at once.
   */
  default Subscription onLink(LinkListener listener) {
    return () -> {};
  }

  /**
   * Gives the session a new link after a resumption that both ends have agreed on; the link it has
   * is closed first. Connections go on where they were.
   *
   * <p>Completes when the other end has proven itself on the new link. Fails with {@link
   * SessionGone} if the session cannot be continued, and with what the link failed with; then the
   * session is as it was, without a link, and may be given another.
   *
   * @param leg our way to the relay, perhaps another one
   * @param next the keys of the resumption; the session owns them from now on
   */
  default CompletionStage<Void> relink(RelayLeg leg, Np2Keys next) {
    next.close();
    return CompletableFuture.failedFuture(
        new SessionGone("A session below level L2 ends with its link; open a new one"));
  }

  /**
   * What the session's gate goes by has changed: asks it for each connection that is open ({@link
   * StreamGate#again}) and for what listens for the client ({@link StreamGate#objection}), and ends
   * what may not stay.
   */
  default void review() {}

  /**
   * Whether it goes on with what a cipher bundle has made that was stopped: it ends with its link,
   * or moves as soon as both ends have something else.
   */
  default boolean draining() {
    return false;
  }

  /** The reason that a user can act on, once it has ended for one. */
  default Optional<NoPortsException> failure() {
    return Optional.empty();
  }

  /**
   * Has both ends agree on fresh keys, under {@code suite} or the best that both have now.
   *
   * <p>Fails with {@link org.noports.api.CipherUnavailable} if one of the ends has not that suite,
   * with {@link SessionGone} if the session or its link ends before that, and with {@link
   * SessionRefused} below level L2, which has no such thing.
   */
  default CompletionStage<SuiteChange> rekey(Optional<Suite> suite) {
    return CompletableFuture.failedFuture(
        new SessionRefused("Only a session of level L2 or better can change its keys"));
  }

  /**
   * Each change of the suite, or of who computes it here, since the session began; the last 1,000
   * of them. Fresh keys of the same suite by the same bundles are none.
   */
  default List<SuiteChange> suites() {
    return List.of();
  }

  /** Hears of fresh keys on the session's links; called on an I/O loop: must not block. */
  default Subscription onSuite(Consumer<SuiteChange> listener) {
    return () -> {};
  }

  /** Ends the session and its connections, and wipes its keys. Idempotent. */
  @Override
  void close();

  /** Hears about a session's link. Called on an I/O loop: must not block. */
  interface LinkListener {
    /**
     * There is no link any more; the session waits a bounded time for {@link SessionEnd#relink}.
     *
     * @param why one sentence
     */
    void lost(String why);

    /** A new link carries the session. */
    void restored();
  }

  /**
   * Counters of one end.
   *
   * @param open connections open now
   * @param total connections opened so far
   * @param bytesSent clear bytes sent to the other end
   * @param bytesReceived clear bytes received from the other end
   */
  record Traffic(int open, long total, long bytesSent, long bytesReceived) {}
}
