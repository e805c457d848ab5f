package org.noports.atserver.host.verb;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.api.AtSign;
import org.noports.atserver.host.record.AtRecord;
import org.noports.atserver.host.record.Records;
import org.noports.atserver.host.tenant.Refusal;
import org.noports.atserver.host.tenant.Tenant;
import org.noports.protocol.key.KeyKind;
import org.noports.protocol.verb.Detail;
import org.noports.protocol.verb.ErrorCode;
import org.noports.protocol.verb.LocalLookup;
import org.noports.protocol.verb.Lookup;
import org.noports.protocol.verb.PublicLookup;
import org.noports.protocol.verb.Response;

/** The three ways to read a value (atprotocol.md 3.10 to 3.12). */
final class LookupVerbs {
  private LookupVerbs() {}

  /** {@code llookup}: our owner reads what lies here, by its full key. */
  static CompletionStage<Response> local(LocalLookup lookup, Dialogue dialogue) {
    KeyKind kind = lookup.key().kind();
    if (kind == KeyKind.RESERVED || kind == KeyKind.PRIVATE || kind == KeyKind.LOCAL) {
      throw new Refusal(ErrorCode.INVALID_SYNTAX, "Invalid syntax. Not a key that can be read");
    }
    return here(dialogue.tenant(), lookup.key().toString(), lookup.detail());
  }

  /** {@code plookup}: our owner reads what anybody shows everybody. */
  static CompletionStage<Response> ofPublic(PublicLookup lookup, Dialogue dialogue) {
    Tenant tenant = dialogue.tenant();
    AtSign owner = lookup.owner();
    if (owner.equals(tenant.self())) {
      return here(tenant, "public:" + lookup.name() + owner, lookup.detail());
    }
    return tenant
        .remote()
        .publicValue(lookup.name(), owner, lookup.bypassCache())
        .thenApply(record -> shown(record, lookup.detail()));
  }

  /** {@code lookup}: whoever asks reads what is meant for them. */
  static CompletionStage<Response> meantForYou(Lookup lookup, Dialogue dialogue) {
    Tenant tenant = dialogue.tenant();
    AtSign owner = lookup.owner();
    String name = lookup.name() + owner;
    Standing standing = dialogue.standing();
    if (standing instanceof Standing.Owner && !owner.equals(tenant.self())) {
      return tenant
          .remote()
          .sharedValue(lookup.name(), owner, lookup.bypassCache())
          .thenApply(record -> shown(record, lookup.detail()));
    }
    String reader =
        standing instanceof Standing.Visitor visitor
            ? visitor.atSign().name()
            : standing instanceof Standing.Owner ? tenant.self().name() : "public";
    String key = reader + ":" + name;
    return stored(tenant, key)
        .thenCompose(
            stored ->
                stored.visible()
                    ? tenant
                        .references()
                        .resolve(stored.record())
                        .thenApply(found -> shown(found, lookup.detail()))
                    : CompletableFuture.completedFuture(Response.Data.NULL));
  }

  private static Response shown(Optional<AtRecord> found, Detail detail) {
    return found.map(record -> shown(record, detail)).orElse(Response.Data.NULL);
  }

  private static CompletionStage<Response> here(Tenant tenant, String key, Detail detail) {
    return stored(tenant, key)
        .thenApply(
            stored -> stored.visible() ? shown(stored.record(), detail) : Response.Data.NULL);
  }

  private static CompletionStage<Records.Stored> stored(Tenant tenant, String key) {
    return tenant
        .records()
        .find(key)
        .thenApply(found -> found.orElseThrow(() -> Refusal.missing(key)));
  }

  private static Response shown(AtRecord record, Detail detail) {
    return new Response.Data(
        switch (detail) {
          case VALUE -> record.value();
          case META -> record.metadata().toJson().toJson();
          case ALL -> record.all().toJson();
        });
  }
}
