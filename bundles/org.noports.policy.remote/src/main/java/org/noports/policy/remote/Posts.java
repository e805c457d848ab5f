package org.noports.policy.remote;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.noports.api.AtServerUnavailable;
import org.noports.api.AtSign;
import org.noports.api.Subscription;
import org.noports.api.atserver.AtServerSession;
import org.noports.api.atserver.AtServers;
import org.noports.api.atserver.Notification;

/**
 * The sessions of the devices' atSigns, each heard from the moment it is used for the first time;
 * what cannot be opened is tried again when it is needed again.
 */
final class Posts implements AutoCloseable {
  private final Predicate<String> wanted;
  private final BiConsumer<AtSign, Notification> hear;
  private final Map<AtSign, CompletableFuture<Post>> posts = new ConcurrentHashMap<>();
  private Optional<AtServers> atServers = Optional.empty();

  private record Post(AtServerSession session, Subscription subscription) {}

  Posts(Predicate<String> wanted, BiConsumer<AtSign, Notification> hear) {
    this.wanted = wanted;
    this.hear = hear;
  }

  /** Opens sessions there from now on; what was opened before is heard no more. */
  synchronized void use(Optional<AtServers> service) {
    close();
    atServers = service;
  }

  /** The service goes: nothing is heard through it any more. */
  synchronized void leave(AtServers service) {
    if (atServers.equals(Optional.of(service))) {
      use(Optional.empty());
    }
  }

  /** The session of that atSign. */
  CompletionStage<AtServerSession> of(AtSign self) {
    CompletableFuture<Post> post = posts.computeIfAbsent(self, this::open);
    post.whenComplete(
        (opened, failure) -> {
          if (failure != null) {
            posts.remove(self, post);
          }
        });
    return post.thenApply(Post::session);
  }

  private CompletableFuture<Post> open(AtSign self) {
    Optional<AtServers> service;
    synchronized (this) {
      service = atServers;
    }
    if (service.isEmpty()) {
      return CompletableFuture.failedFuture(
          new AtServerUnavailable("org.noports.atserver is not running here"));
    }
    return service
        .get()
        .session(self)
        .thenApply(
            session ->
                new Post(session, session.subscribe(wanted, message -> hear.accept(self, message))))
        .toCompletableFuture();
  }

  /** The session of that atSign is over for good. */
  void forget(AtSign self) {
    Optional.ofNullable(posts.remove(self)).ifPresent(Posts::end);
  }

  private static void end(CompletableFuture<Post> post) {
    post.thenAccept(opened -> opened.subscription().close());
  }

  @Override
  public void close() {
    posts.keySet().forEach(this::forget);
  }
}
