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
import org.noports.api.atserver.Lifetime;
import org.noports.api.identity.Identity;
import org.noports.protocol.json.JsonArray;
import org.noports.protocol.key.AtKey;
import org.noports.protocol.verb.Delete;
import org.noports.protocol.verb.MetadataChange;
import org.noports.protocol.verb.MetadataField;
import org.noports.protocol.verb.Response;
import org.noports.protocol.verb.Scan;
import org.noports.protocol.verb.Update;

/** Stores and reads values at our atServer. Used on the loop only. */
final class Values {
  private final Commands commands;
  private final Records records;
  private final SharedKeys sharedKeys;
  private final SenderKeys senderKeys;
  private final Sealing sealing;

  Values(
      Commands commands,
      Records records,
      SharedKeys sharedKeys,
      SenderKeys senderKeys,
      Sealing sealing) {
    this.commands = requireNonNull(commands, "commands is null");
    this.records = requireNonNull(records, "records is null");
    this.sharedKeys = requireNonNull(sharedKeys, "sharedKeys is null");
    this.senderKeys = requireNonNull(senderKeys, "senderKeys is null");
    this.sealing = requireNonNull(sealing, "sealing is null");
  }

  CompletableFuture<String> publicKeyOf(AtSign atSign) {
    return sharedKeys.publicKey(atSign);
  }

  CompletableFuture<String> lookUpPublic(String name, AtSign owner) {
    return records.lookUpPublic(name, owner);
  }

  CompletableFuture<String> lookUpShared(String name, AtSign owner) {
    return records
        .lookUp(name, owner)
        .thenCompose(
            value -> senderKeys.open(owner, name, value.text().orElse(""), value.metadata()));
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
              return records.update(
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
    return sealing
        .of(reader, name, value, false)
        .thenCompose(
            written ->
                records.update(
                    AtKey.shared(reader, name, commands.self()),
                    Records.lived(written.metadata(), lifetime),
                    written.text()));
  }

  /** An immutable value refuses to be written again: whoever wrote it first has won. */
  CompletableFuture<Boolean> putIfAbsent(String name, String value, Lifetime lifetime) {
    AtKey key = AtKey.self(name, commands.self());
    MetadataChange once =
        Records.lived(MetadataChange.NONE, lifetime).with(MetadataField.IMMUTABLE, true);
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
