package org.noports.atserver;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.noports.api.AtSign;
import org.noports.api.ProtocolViolation;
import org.noports.api.ValueNotFound;
import org.noports.api.atserver.Lifetime;
import org.noports.api.identity.Identity;
import org.noports.protocol.json.JsonArray;
import org.noports.protocol.key.AtKey;
import org.noports.protocol.verb.Delete;
import org.noports.protocol.verb.Detail;
import org.noports.protocol.verb.Lookup;
import org.noports.protocol.verb.MetadataChange;
import org.noports.protocol.verb.MetadataField;
import org.noports.protocol.verb.PublicLookup;
import org.noports.protocol.verb.Response;
import org.noports.protocol.verb.Scan;
import org.noports.protocol.verb.Update;

/** Stores and reads values at our atServer. Used on the loop only. */
final class Values {
  private final Commands commands;
  private final LookupLinks lookups;
  private final SharedKeys sharedKeys;
  private final SenderKeys senderKeys;

  Values(Commands commands, LookupLinks lookups, SharedKeys sharedKeys, SenderKeys senderKeys) {
    this.commands = requireNonNull(commands, "commands is null");
    this.lookups = requireNonNull(lookups, "lookups is null");
    this.sharedKeys = requireNonNull(sharedKeys, "sharedKeys is null");
    this.senderKeys = requireNonNull(senderKeys, "senderKeys is null");
  }

  CompletableFuture<String> publicKeyOf(AtSign atSign) {
    return sharedKeys.publicKey(atSign);
  }

  CompletableFuture<String> lookUpPublic(String name, AtSign owner) {
    String what = "look up public '" + name + "' of " + owner;
    return lookups
        .leastBusy()
        .data(new PublicLookup(true, Detail.ALL, name, owner), what, Optional.of(owner))
        .thenApply(answer -> present(what, owner, stored(what, answer), true));
  }

  CompletableFuture<String> lookUpShared(String name, AtSign owner) {
    String what = "look up '" + name + "' of " + owner;
    return lookups
        .leastBusy()
        .data(new Lookup(false, Detail.ALL, name, owner), what, Optional.of(owner))
        .thenCompose(
            answer -> {
              StoredValue value = stored(what, answer);
              String sealed = present(what, owner, value, false);
              return senderKeys.open(owner, name, sealed, value.metadata());
            });
  }

  private static StoredValue stored(String what, String answer) {
    try {
      return StoredValue.parse("the answer to '" + what + "'", answer);
    } catch (ProtocolViolation e) {
      throw new CompletionException(e);
    }
  }

  private static String present(String what, AtSign owner, StoredValue value, boolean decode) {
    try {
      Optional<String> text = decode ? value.decoded(what) : value.text();
      return text.orElseThrow(
          () -> new ValueNotFound("Could not " + what + ": " + owner + " had one, it has expired"));
    } catch (ProtocolViolation | ValueNotFound e) {
      throw new CompletionException(e);
    }
  }

  CompletableFuture<Void> putPublic(String name, String value) {
    boolean lines = value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0;
    return commands
        .opened()
        .thenCompose(
            over -> {
              MetadataChange signed =
                  MetadataChange.NONE.with(
                      MetadataField.DATA_SIGNATURE, signature(over.identity(), value));
              return update(
                  AtKey.publicKey(name, commands.self()),
                  lines ? signed.with(MetadataField.ENCODING, "base64") : signed,
                  lines ? StoredValue.encoded(value) : value);
            });
  }

  private static String signature(Identity identity, String value) {
    byte[] signed = identity.signAsEncryption(value.getBytes(StandardCharsets.UTF_8));
    return Base64.getEncoder().encodeToString(signed);
  }

  CompletableFuture<Void> putShared(String name, AtSign reader, String value, Lifetime lifetime) {
    return sharedKeys
        .forReader(reader)
        .thenCompose(
            key -> {
              ValueCipher.Sealed sealed = ValueCipher.seal(key.key(), value);
              return update(
                  AtKey.shared(reader, name, commands.self()),
                  lived(Mail.encrypted(key, sealed.ivNonce()), lifetime),
                  sealed.text());
            });
  }

  private static MetadataChange lived(MetadataChange metadata, Lifetime lifetime) {
    MetadataChange result = metadata;
    if (lifetime.ttl().isPresent()) {
      result = result.with(MetadataField.TTL, lifetime.ttl().get().toMillis());
    }
    if (lifetime.ttrSeconds().isPresent()) {
      result = result.with(MetadataField.TTR, lifetime.ttrSeconds().get());
    }
    return lifetime.cascadeDelete() ? result.with(MetadataField.CCD, true) : result;
  }

  private CompletableFuture<Void> update(AtKey key, MetadataChange metadata, String value) {
    return commands
        .data(new Update(key, metadata, value), "store '" + key + "'", Optional.empty())
        .thenApply(commit -> null);
  }

  /** An immutable value refuses to be written again: whoever wrote it first has won. */
  CompletableFuture<Boolean> putIfAbsent(String name, String value, Lifetime lifetime) {
    AtKey key = AtKey.self(name, commands.self());
    MetadataChange once = lived(MetadataChange.NONE, lifetime).with(MetadataField.IMMUTABLE, true);
    return commands
        .ask(new Update(key, once, value))
        .thenApply(
            answered -> {
              if (isTaken(answered.response())) {
                return false;
              }
              commands.data(answered, "store '" + key + "' once", Optional.empty());
              return true;
            });
  }

  private static boolean isTaken(Response response) {
    return response instanceof Response.Failure failure
        && failure.text().toLowerCase(Locale.ROOT).contains("immutable");
  }

  CompletableFuture<Void> deleteShared(String name, AtSign reader) {
    AtKey key = AtKey.shared(reader, name, commands.self());
    return commands
        .data(new Delete(key, false), "delete '" + key + "'", Optional.empty())
        .thenApply(commit -> null);
  }

  CompletableFuture<List<String>> scan(String regex) {
    Scan scan = new Scan(true, Optional.empty(), Optional.empty(), Optional.of(regex));
    return commands
        .data(scan, "list keys that match '" + regex + "'", Optional.empty())
        .thenApply(Values::names);
  }

  private static List<String> names(String answer) {
    try {
      return answer.equals("null")
          ? List.of()
          : new ArrayList<>(JsonArray.parse("the answer to scan", answer).texts());
    } catch (ProtocolViolation e) {
      throw new CompletionException(e);
    }
  }
}
