package org.noports.atserver.pq;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.noports.api.AtSign;
import org.noports.api.IdentityUnusable;
import org.noports.api.NoPortsException;
import org.noports.api.ProtocolViolation;
import org.noports.api.atserver.SealedValue;
import org.noports.api.atserver.ValueRecords;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.verb.AppMetadata;

/** The content keys that others conveyed to us, each read from its record once. Thread-safe. */
final class ConveyedKeys {
  private static final int MAX_KEYS = 4096;

  private final Seals seals;
  private final OpeningKeys own;
  private final Map<String, CompletableFuture<ContentKey>> known =
      new LinkedHashMap<>(16, 0.75f, true);

  ConveyedKeys(Seals seals, OpeningKeys own) {
    this.seals = requireNonNull(seals, "seals is null");
    this.own = requireNonNull(own, "own is null");
  }

  /** The key that a value of {@code writer} names. */
  synchronized CompletionStage<ContentKey> find(
      ValueRecords records, AtSign writer, GcmValues.Said said) {
    String scope = records.self() + " " + writer + " " + said.namespace() + " " + said.contentKey();
    CompletableFuture<ContentKey> before = known.get(scope);
    if (before != null && !before.isCompletedExceptionally()) {
      return before;
    }
    if (known.size() >= MAX_KEYS) {
      known.remove(known.keySet().iterator().next());
    }
    CompletableFuture<ContentKey> found =
        records
            .lookUpSealed(Profile.conveyance(said.contentKey(), said.namespace()), writer)
            .thenApply(value -> opened(records.self(), writer, said, value))
            .toCompletableFuture();
    known.put(scope, found);
    return found;
  }

  private ContentKey opened(
      AtSign self, AtSign writer, GcmValues.Said said, SealedValue conveyance) {
    try {
      JsonObject json = JsonObject.parse("appMetadata", conveyance.appMetadata());
      String codec = json.requireText(AppMetadata.PROVIDER_ID);
      Profile.Names names =
          Profile.Names.ofCodec(codec)
              .orElseThrow(() -> new ProtocolViolation("'" + codec + "' conveys no keys here"));
      String namespace = json.text("ns").orElse(said.namespace());
      OwnSeeds.Seed seed = seed(self, writer, namespace, json.requireText("nskeyKid"));
      byte[] seal = GcmValues.base64("the seal", conveyance.text());
      if (Seals.suite(seal) != names.suite || seed.names() != names) {
        throw new ProtocolViolation("It is sealed otherwise than it says");
      }
      byte[] info = Profile.info(writer, namespace);
      return ContentKey.named(said.contentKey(), seals.open(seal, seed.secret(), info));
    } catch (SealRefused e) {
      throw new CompletionException(refused(writer, said, e));
    } catch (ProtocolViolation e) {
      throw new CompletionException(refused(writer, said, e));
    } catch (NoPortsException e) {
      throw new CompletionException(e);
    }
  }

  private OwnSeeds.Seed seed(AtSign self, AtSign writer, String namespace, String kid)
      throws IdentityUnusable {
    return own.find(self, namespace, kid)
        .orElseThrow(
            () ->
                new IdentityUnusable(
                    writer
                        + " seals to key "
                        + kid
                        + " of "
                        + self
                        + " for '"
                        + namespace
                        + "', and this instance does not have it: add "
                        + self
                        + ":"
                        + namespace
                        + " to 'publish' in org.noports.atserver.pq.cfg, or bring the file with the"
                        + " seed here"));
  }

  private static ProtocolViolation refused(AtSign writer, GcmValues.Said said, Exception e) {
    return new ProtocolViolation(
        "Content key "
            + said.contentKey()
            + " of "
            + writer
            + " cannot be opened: "
            + e.getMessage(),
        e);
  }
}
