package org.noports.atserver;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.noports.api.AtServerUnavailable;
import org.noports.api.AtSign;
import org.noports.api.DirectoryUnavailable;
import org.noports.api.HostPort;
import org.noports.api.NoPortsException;
import org.noports.api.identity.Identity;
import org.noports.api.identity.SigningKey;
import org.noports.protocol.verb.From;
import org.noports.protocol.verb.Pkam;
import org.noports.protocol.verb.Response;
import org.noports.transport.LineChannel;
import org.noports.transport.LineLimits;
import org.noports.transport.TlsClient;

/**
 * Opens one authenticated connection to the atServer of one of our atSigns: directory, TCP, TLS,
 * {@code from}, {@code pkam} (docs/protocol/atprotocol.md 3.1, 3.3, 5). Each step returns what the
 * next one needs; whatever fails closes what was opened.
 */
final class AuthenticatedDialer {
  /** The atProtocol's command buffer, and room for the JSON around a value of that size. */
  private static final int LONGEST_LINE = 12 * 1024 * 1024;

  private final Surroundings surroundings;
  private final AtSign self;
  private final Executor loop;
  private volatile Optional<HostPort> lastKnown = Optional.empty();

  AuthenticatedDialer(Surroundings surroundings, AtSign self, Executor loop) {
    this.surroundings = requireNonNull(surroundings, "surroundings is null");
    this.self = requireNonNull(self, "self is null");
    this.loop = requireNonNull(loop, "loop is null");
  }

  /** A connection, and whose keys opened it. */
  record Opened(AtServerConnection connection, Identity identity) {}

  private record Key(Identity identity, TlsClient tls) {}

  /**
   * Opens a connection.
   *
   * @param pushes hears pushed notifications, from the first one on
   * @return completes on the loop
   */
  CompletableFuture<Opened> open(Pushes pushes) {
    AtServerSettings settings = surroundings.settings();
    return CompletableFuture.supplyAsync(() -> key(settings), surroundings.blocking())
        .thenCompose(
            key ->
                find()
                    .thenComposeAsync(at -> connect(key.tls, at, settings, pushes), loop)
                    .thenComposeAsync(connection -> authenticate(connection, key.identity), loop));
  }

  /** Opens a connection on which nobody has authenticated yet; completes on the loop. */
  CompletableFuture<AtServerConnection> connect() {
    AtServerSettings settings = surroundings.settings();
    return CompletableFuture.supplyAsync(() -> tls(settings), surroundings.blocking())
        .thenCompose(
            tls -> find().thenComposeAsync(at -> connect(tls, at, settings, Pushes.NONE), loop));
  }

  private Key key(AtServerSettings settings) {
    try {
      return new Key(surroundings.identities().identity(self), tls(settings));
    } catch (NoPortsException e) {
      throw new CompletionException(e);
    }
  }

  private TlsClient tls(AtServerSettings settings) {
    try {
      return surroundings.tls().client(settings.trust());
    } catch (IOException e) {
      throw new CompletionException(
          new AtServerUnavailable(
              "TLS to the atServer of "
                  + self
                  + " cannot be set up: "
                  + e.getMessage()
                  + "; mend 'trust' in org.noports.atserver.cfg",
              e));
    }
  }

  /** While the atDirectory is away the address that was good is tried: it mostly still is. */
  private CompletionStage<HostPort> find() {
    return ask()
        .thenApply(
            found -> {
              lastKnown = Optional.of(found);
              return found;
            })
        .exceptionallyCompose(
            failure ->
                lastKnown.isPresent() && Failures.unwrapped(failure) instanceof DirectoryUnavailable
                    ? CompletableFuture.completedFuture(lastKnown.get())
                    : CompletableFuture.failedFuture(failure));
  }

  private CompletionStage<HostPort> ask() {
    try {
      return surroundings.directory().find(self);
    } catch (NoPortsException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private CompletableFuture<AtServerConnection> connect(
      TlsClient tls, HostPort address, AtServerSettings settings, Pushes pushes) {
    String peer = "atServer of " + self + " at " + address;
    CompletableFuture<AtServerConnection> made = new CompletableFuture<>();
    LineChannel.connect(
            surroundings.loops(),
            address,
            Optional.of(tls),
            new LineLimits(LONGEST_LINE, settings.connectTimeout(), settings.connectTimeout()),
            channel -> {
              AtServerConnection connection =
                  new AtServerConnection(channel, peer, settings.answerTimeout(), pushes);
              made.complete(connection);
              return connection;
            })
        .whenComplete(
            (channel, failure) -> {
              if (failure != null) {
                made.completeExceptionally(Failures.of(peer, failure));
              }
            });
    return made;
  }

  private CompletableFuture<Opened> authenticate(AtServerConnection connection, Identity identity) {
    return connection
        .ask(new From(self, Optional.empty()))
        .thenApply(answer -> challenge(connection, answer))
        .thenApplyAsync(challenge -> pkam(identity, challenge), surroundings.blocking())
        .thenComposeAsync(connection::ask, loop)
        .thenApply(answer -> admitted(connection, identity, answer))
        .whenCompleteAsync(
            (opened, failure) -> {
              if (failure != null) {
                connection.end(Failures.of(connection.peer(), failure));
              }
            },
            loop);
  }

  private String challenge(AtServerConnection connection, Response answer) {
    if (answer instanceof Response.Data data) {
      return data.text();
    }
    throw new CompletionException(
        Refusals.ofAuthentication(connection.peer(), self, (Response.Failure) answer));
  }

  private static Pkam pkam(Identity identity, String challenge) {
    byte[] said = challenge.getBytes(StandardCharsets.UTF_8);
    Optional<SigningKey> postQuantum = identity.authenticationKey();
    byte[] signature =
        postQuantum.map(key -> key.sign(said)).orElseGet(() -> identity.signAsAuthentication(said));
    return new Pkam(
        Optional.of(postQuantum.map(SigningKey::algorithm).orElse("rsa2048")),
        Optional.of("sha256"),
        identity.enrollmentId(),
        Base64.getEncoder().encodeToString(signature));
  }

  private Opened admitted(AtServerConnection connection, Identity identity, Response answer) {
    if (answer instanceof Response.Failure failure) {
      throw new CompletionException(Refusals.ofAuthentication(connection.peer(), self, failure));
    }
    return new Opened(connection, identity);
  }
}
