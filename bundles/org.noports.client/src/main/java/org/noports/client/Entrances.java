package org.noports.client;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.noports.api.tunnel.ClientEnd;
import org.noports.api.tunnel.Entrance;
import org.noports.api.tunnel.Forward;
import org.noports.api.tunnel.LocalAddress;

/**
 * All that a tunnel listens on, for as long as it lasts: sessions come and go behind it.
 *
 * @param own the entrance to the session's own target, if there is one
 * @param forwards the others
 */
record Entrances(Optional<OwnedEntrance> own, List<Forwarded> forwards) {
  Entrances {
    forwards = List.copyOf(forwards);
  }

  /**
   * A forward and its entrance.
   *
   * @param forward as it was asked for
   * @param entrance what came of it
   */
  record Forwarded(Forward forward, OwnedEntrance entrance) {}

  /** Where its own target is reached. */
  Optional<LocalAddress> address() {
    return own.map(Entrance::address);
  }

  /** The forwards with the addresses that are listened on. */
  List<Forward> bound() {
    return forwards.stream().map(f -> f.forward().boundAt(f.entrance().address())).toList();
  }

  /** From now on all go through {@code end}; fails if the device does not listen. */
  CompletionStage<Void> serve(ClientEnd end) {
    return CompletableFuture.allOf(
        all()
            .map(entrance -> entrance.serve(end).toCompletableFuture())
            .toArray(CompletableFuture[]::new));
  }

  void pause() {
    each(Entrance::pause);
  }

  void close() {
    each(Entrance::close);
  }

  private void each(Consumer<Entrance> action) {
    all().forEach(action);
  }

  private Stream<OwnedEntrance> all() {
    return Stream.concat(own.stream(), forwards.stream().map(Forwarded::entrance));
  }

  @Override
  public String toString() {
    List<String> all =
        Stream.concat(
                address().map(Object::toString).stream(), bound().stream().map(String::valueOf))
            .toList();
    return all.isEmpty() ? "nothing, its streams can be opened" : String.join(", ", all);
  }
}
