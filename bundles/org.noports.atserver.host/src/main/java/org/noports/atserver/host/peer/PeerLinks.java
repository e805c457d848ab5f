package org.noports.atserver.host.peer;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.noports.api.AtSign;
import org.noports.protocol.verb.Response;

/**
 * All connections from one of our atSigns to others' atServers: at most one for each atSign and
 * purpose, opened at first use and kept while it is used. Thread-safe.
 */
public final class PeerLinks {
  /** As many as the reference keeps; the one unused for longest makes room. */
  private static final int CAPACITY = 200;

  /** A UUID (docs/protocol/atprotocol.md 2), and so no name that anybody else uses. */
  private static final Pattern SESSION = Pattern.compile("_[0-9a-fA-F-]{36}");

  private final AtSign self;
  private final PeerDialer dialer;
  private final PolProof proof;
  private final Supplier<Duration> timeout;
  private final Supplier<Duration> idle;
  private final Map<Slot, CompletableFuture<PeerLink>> links = new LinkedHashMap<>(16, 0.75f, true);

  /** What a connection is for: long answers of one kind never hold up the others. */
  public enum Purpose {
    /** Public values, without saying who asks. */
    PUBLIC,
    /** Values shared with us. */
    SHARED,
    /** Notifications. */
    NOTIFY
  }

  private record Slot(AtSign peer, Purpose purpose) {}

  public PeerLinks(
      AtSign self,
      PeerDialer dialer,
      PolProof proof,
      Supplier<Duration> timeout,
      Supplier<Duration> idle) {
    this.self = requireNonNull(self, "self is null");
    this.dialer = requireNonNull(dialer, "dialer is null");
    this.proof = requireNonNull(proof, "proof is null");
    this.timeout = requireNonNull(timeout, "timeout is null");
    this.idle = requireNonNull(idle, "idle is null");
  }

  /**
   * Sends a command that may safely be heard twice. If a connection that was kept turns out to be
   * gone, a fresh one is tried once.
   *
   * <p>Fails with {@link PeerTrouble}.
   */
  public CompletionStage<Response> call(AtSign peer, Purpose purpose, String line) {
    Slot slot = new Slot(peer, purpose);
    CompletableFuture<PeerLink> kept = kept(slot);
    boolean fresh = kept == null;
    CompletableFuture<PeerLink> link = fresh ? open(slot) : kept;
    CompletionStage<Response> answer = link.thenCompose(open -> open.call(line));
    if (fresh) {
      return answer;
    }
    return answer.exceptionallyCompose(
        failure ->
            cause(failure) instanceof PeerTrouble trouble
                    && trouble.kind() == PeerTrouble.Kind.BROKEN
                ? open(slot).thenCompose(open -> open.call(line))
                : CompletableFuture.failedFuture(cause(failure)));
  }

  /** Connections that are open or being opened. */
  public synchronized int size() {
    // Not kept(slot): a look at one of them in the order of their use would change that order.
    return (int) links.values().stream().filter(PeerLinks::usable).count();
  }

  /** Closes all. */
  public synchronized void close() {
    links.values().forEach(PeerLinks::closeLink);
    links.clear();
  }

  private synchronized CompletableFuture<PeerLink> kept(Slot slot) {
    CompletableFuture<PeerLink> link = links.get(slot);
    return link != null && usable(link) ? link : null;
  }

  private static boolean usable(CompletableFuture<PeerLink> link) {
    return !link.isDone() || !link.isCompletedExceptionally() && link.join().open();
  }

  private synchronized CompletableFuture<PeerLink> open(Slot slot) {
    CompletableFuture<PeerLink> kept = kept(slot);
    if (kept != null) {
      return kept;
    }
    CompletableFuture<PeerLink> opening = new CompletableFuture<>();
    links.put(slot, opening);
    makeRoom();
    connect(slot)
        .whenComplete(
            (link, failure) -> {
              if (failure == null) {
                opening.complete(link);
              } else {
                opening.completeExceptionally(cause(failure));
              }
            });
    return opening;
  }

  private void makeRoom() {
    Iterator<CompletableFuture<PeerLink>> eldest = links.values().iterator();
    if (links.size() > CAPACITY) {
      closeLink(eldest.next());
      eldest.remove();
    }
  }

  private static void closeLink(CompletableFuture<PeerLink> link) {
    link.thenAccept(PeerLink::close);
  }

  private CompletionStage<PeerLink> connect(Slot slot) {
    CompletableFuture<PeerLink> made = new CompletableFuture<>();
    dialer
        .dial(
            slot.peer(),
            channel -> {
              PeerLink link = new PeerLink(self, slot.peer(), timeout.get(), idle.get(), channel);
              made.complete(link);
              return link;
            })
        .exceptionally(
            failure -> {
              made.completeExceptionally(cause(failure));
              return null;
            });
    CompletionStage<PeerLink> greeted = made.thenCompose(PeerLink::greeted);
    CompletionStage<PeerLink> ready =
        slot.purpose() == Purpose.PUBLIC ? greeted : greeted.thenCompose(this::handshake);
    return ready.whenComplete(
        (open, failure) -> {
          if (failure != null) {
            made.thenAccept(PeerLink::close);
          }
        });
  }

  private CompletionStage<PeerLink> handshake(PeerLink link) {
    return link.call("from:" + self)
        .thenCompose(this::prove)
        .thenCompose(published -> link.pol())
        .thenApply(
            answer -> {
              if (answer instanceof Response.PolAccepted) {
                return link;
              }
              throw refused(answer);
            });
  }

  private CompletionStage<Void> prove(Response answer) {
    // data:proof:<session>@alice:<what to sign>
    String[] parts = answer instanceof Response.Data data ? data.text().split(":") : new String[0];
    if (parts.length != 3 || !parts[0].equals("proof") || !isSession(parts[1])) {
      throw refused(answer);
    }
    return proof.publish(parts[1], parts[2].trim());
  }

  /** The proof is published under this name: any other would let a peer write over our records. */
  private boolean isSession(String name) {
    int end = name.length() - self.name().length();
    return name.endsWith(self.name()) && SESSION.matcher(name.substring(0, end)).matches();
  }

  private static PeerTrouble refused(Response answer) {
    return new PeerTrouble(
        PeerTrouble.Kind.HANDSHAKE,
        answer instanceof Response.Failure failure
            ? failure.code() + " " + failure.message()
            : "unexpected answer to the pol handshake");
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
