package org.noports.atserver;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.noports.api.identity.Identity;
import org.noports.protocol.key.AtKey;
import org.noports.protocol.relay.SigningKeyUri;
import org.noports.protocol.verb.Detail;
import org.noports.protocol.verb.LocalLookup;
import org.noports.protocol.verb.MetadataChange;
import org.noports.protocol.verb.Response;
import org.noports.protocol.verb.Update;

/**
 * The story of a signing key that relays and peers can look up (docs/protocol/noports.md 2.0,
 * record 21): published when it is not there, or is another one. In the background: a session does
 * not need it.
 */
final class PublishAuthenticationKey {
  private final Commands commands;
  private Optional<Identity> published = Optional.empty();

  PublishAuthenticationKey(Commands commands) {
    this.commands = requireNonNull(commands, "commands is null");
  }

  void publish(Identity identity) {
    if (published.filter(identity::equals).isPresent()) {
      return;
    }
    published = Optional.of(identity);
    SigningKeyUri record = SigningKeyUri.of(identity.enrollmentId(), commands.self());
    AtKey key = AtKey.publicKey(record.name(), commands.self());
    String value = identity.authenticationPublicKey();
    commands
        .ask(new LocalLookup(Detail.VALUE, key))
        .thenCompose(answered -> update(answered.response(), key, value))
        .exceptionally(
            failure -> {
              published = Optional.empty();
              AtServerLog.authenticationKeyNotPublished(
                  commands.self(), Failures.unwrapped(failure).getMessage());
              return "";
            });
  }

  private CompletableFuture<String> update(Response found, AtKey key, String value) {
    if (found instanceof Response.Data data && isOurs(data.text(), value)) {
      return CompletableFuture.completedFuture("");
    }
    return commands
        .data(
            new Update(key, MetadataChange.NONE, value), "publish '" + key + "'", Optional.empty())
        .thenApply(
            commit -> {
              AtServerLog.authenticationKeyPublished(commands.self(), key.toString());
              return commit;
            });
  }

  /** Newer programs publish a JSON text that tells more; it is not ours to overwrite. */
  private static boolean isOurs(String found, String value) {
    return found.equals(value) || found.startsWith("{");
  }
}
