package org.noports.atserver;

import static java.util.Objects.requireNonNull;

import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.noports.api.AtSign;
import org.noports.api.IdentityUnusable;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.api.identity.Identity;
import org.noports.atserver.AuthenticatedDialer.Opened;
import org.noports.protocol.verb.Detail;
import org.noports.protocol.verb.Lookup;
import org.noports.protocol.verb.Metadata;
import org.noports.protocol.verb.MetadataField;

/**
 * Opens what others wrote to us, with the key that came along or the one that they store for us
 * (docs/protocol/atprotocol.md 7), or by the codec that the value names. Used on the loop only.
 */
final class SenderKeys {
  private static final int MAX_SENDERS = 1024;

  private final Commands commands;
  private final LookupLinks lookups;
  private final Codecs codecs;
  private final Map<AtSign, Inline> inline = bounded();
  private final Map<AtSign, CompletableFuture<Secret>> stored = bounded();

  SenderKeys(Commands commands, LookupLinks lookups, Codecs codecs) {
    this.codecs = requireNonNull(codecs, "codecs is null");
    this.commands = requireNonNull(commands, "commands is null");
    this.lookups = requireNonNull(lookups, "lookups is null");
  }

  private record Inline(String wrapped, Identity identity, Secret key) {}

  /**
   * The clear text of a value.
   *
   * @param what its name, also in messages
   */
  CompletableFuture<String> open(AtSign from, String what, String value, Metadata metadata) {
    return codecs
        .open(from, what, value, metadata)
        .orElseGet(
            () -> commands.opened().thenCompose(over -> open(from, what, value, metadata, over)));
  }

  private CompletableFuture<String> open(
      AtSign from, String what, String value, Metadata metadata, Opened over) {
    Optional<Secret> along = cameAlong(from, metadata, over.identity());
    CompletableFuture<Secret> key =
        along.map(CompletableFuture::completedFuture).orElseGet(() -> storedKey(from, false));
    return key.thenCompose(
        secret -> {
          try {
            return CompletableFuture.completedFuture(opened(secret, value, metadata));
          } catch (GeneralSecurityException e) {
            // Our copy of the key may be old: once more with the one that counts.
            return storedKey(from, true)
                .thenApply(newest -> last(newest, value, metadata, from, what));
          }
        });
  }

  private static String opened(Secret key, String value, Metadata metadata)
      throws GeneralSecurityException {
    return ValueCipher.open(key, value, metadata.text(MetadataField.IV_NONCE));
  }

  private static String last(
      Secret key, String value, Metadata metadata, AtSign from, String what) {
    try {
      return opened(key, value, metadata);
    } catch (GeneralSecurityException e) {
      throw new CompletionException(
          new ProtocolViolation(
              "'" + what + "' of " + from + " cannot be decrypted: " + e.getMessage(), e));
    }
  }

  private Optional<Secret> cameAlong(AtSign from, Metadata metadata, Identity identity) {
    Optional<String> wrapped = metadata.text(MetadataField.SHARED_KEY_ENC);
    Optional<String> checksum = metadata.text(MetadataField.PUB_KEY_CS);
    String ours = KeyWrapping.checksum(identity.encryptionPublicKey());
    if (wrapped.isEmpty() || !checksum.orElse(ours).equalsIgnoreCase(ours)) {
      return Optional.empty();
    }
    Inline before = inline.get(from);
    if (before != null
        && before.identity.equals(identity)
        && before.wrapped.equals(wrapped.get())) {
      return Optional.of(before.key);
    }
    try {
      Secret key = KeyWrapping.unwrap(wrapped.get(), identity);
      inline.put(from, new Inline(wrapped.get(), identity, key));
      return Optional.of(key);
    } catch (IdentityUnusable e) {
      // Wrapped for a key that we no longer have; what the sender stores may be newer.
      return Optional.empty();
    }
  }

  private CompletableFuture<Secret> storedKey(AtSign from, boolean anew) {
    CompletableFuture<Secret> before = stored.get(from);
    if (!anew && before != null && !before.isCompletedExceptionally()) {
      return before;
    }
    CompletableFuture<Secret> found =
        lookups
            .leastBusy()
            .ask(new Lookup(anew, Detail.VALUE, "shared_key", from))
            .thenApply(answered -> unwrapped(answered, from));
    stored.put(from, found);
    return found;
  }

  private Secret unwrapped(Commands.Answered answered, AtSign from) {
    String what = "look up the key that " + from + " shares with " + commands.self();
    String wrapped = commands.data(answered, what, Optional.of(from));
    try {
      return KeyWrapping.unwrap(wrapped, answered.over().identity());
    } catch (IdentityUnusable e) {
      throw new CompletionException(e);
    }
  }

  private static <V> Map<AtSign, V> bounded() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<AtSign, V> eldest) {
        return size() > MAX_SENDERS;
      }
    };
  }
}
