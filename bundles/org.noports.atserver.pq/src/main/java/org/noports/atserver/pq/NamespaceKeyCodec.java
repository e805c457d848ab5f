package org.noports.atserver.pq;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.noports.api.AtSign;
import org.noports.api.DowngradeDetected;
import org.noports.api.ProtocolViolation;
import org.noports.api.RequirementUnmet;
import org.noports.api.atserver.SealedValue;
import org.noports.api.atserver.ValueAddress;
import org.noports.api.atserver.ValueCodec;
import org.noports.api.atserver.ValueRecords;
import org.noports.api.cipher.CipherCatalogue;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Upstream's post-quantum values: AES-256-GCM under content keys that are sealed to the keys which
 * readers publish for a namespace (docs/protocol/atprotocol.md 7.1). In the control path between a
 * session and its records.
 */
@Component(property = ValueCodec.ID + "=" + Profile.VALUES)
public final class NamespaceKeyCodec implements ValueCodec {
  private static final int MAX_SEEN = 4096;

  private final PeerKeys peers;
  private final ContentKeys writing;
  private final ConveyedKeys reading;
  private final BooleanSupplier otherwiseLegacy;
  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final Set<AtSign> told = ConcurrentHashMap.newKeySet();

  @Activate
  public NamespaceKeyCodec(@Reference CipherCatalogue ciphers, @Reference NamespaceKeys own) {
    this(ciphers, own, own::otherwiseLegacy);
  }

  /**
   * For tests.
   *
   * @param otherwiseLegacy whether readers without keys are written to as by every client
   */
  NamespaceKeyCodec(CipherCatalogue ciphers, OpeningKeys own, BooleanSupplier otherwiseLegacy) {
    Seals seals = new Seals(new Hpke(ciphers));
    this.peers = new PeerKeys(ciphers);
    this.writing = new ContentKeys(seals);
    this.reading = new ConveyedKeys(seals, own);
    this.otherwiseLegacy = requireNonNull(otherwiseLegacy, "otherwiseLegacy is null");
  }

  @Override
  public CompletionStage<Optional<SealedValue>> seal(
      ValueRecords records, ValueAddress address, String clear) {
    return peers
        .find(records, address.reader(), address.name())
        .thenCompose(
            found ->
                found.isPresent()
                    ? sealed(records, address, clear, found.get())
                    : without(address));
  }

  private CompletionStage<Optional<SealedValue>> sealed(
      ValueRecords records, ValueAddress address, String clear, PeerKeys.Found to) {
    if (seen.size() < MAX_SEEN) {
      seen.add(scope(address.reader(), to.namespace()));
    }
    String own = Profile.namespaces(address.name()).get(0);
    return writing
        .current(records, address.reader(), to)
        .thenApply(key -> Optional.of(GcmValues.seal(key, address, clear, own, to.namespace())));
  }

  /** Of one atSign one device may publish keys, and another may not. */
  private static String scope(AtSign reader, String namespace) {
    return reader + " " + namespace;
  }

  private boolean wasSeen(ValueAddress address) {
    return Profile.namespaces(address.name()).stream()
        .anyMatch(level -> seen.contains(scope(address.reader(), level)));
  }

  /** Whoever hides a key that we have seen would choose how we encrypt. */
  private CompletionStage<Optional<SealedValue>> without(ValueAddress address) {
    AtSign reader = address.reader();
    if (wasSeen(address)) {
      return CompletableFuture.failedFuture(
          new DowngradeDetected(
              reader
                  + " published a post-quantum key before and shows none now: '"
                  + address.name()
                  + "' is not sent; ask its owner, and restart this instance if it is gone for"
                  + " good"));
    }
    if (!otherwiseLegacy.getAsBoolean()) {
      return CompletableFuture.failedFuture(
          new RequirementUnmet(
              reader
                  + " publishes no post-quantum key for '"
                  + address.name()
                  + "', so it is not sent: have it published there, or set withoutKey = legacy in"
                  + " org.noports.atserver.pq.cfg"));
    }
    if (told.size() < MAX_SEEN && told.add(reader)) {
      PqLog.withoutKey(address.writer(), reader);
    }
    return CompletableFuture.completedFuture(Optional.empty());
  }

  @Override
  public CompletionStage<String> open(
      ValueRecords records, ValueAddress address, SealedValue sealed) {
    try {
      GcmValues.Said said = GcmValues.Said.parse(sealed);
      return reading
          .find(records, address.writer(), said)
          .thenApply(key -> opened(key, address, said, sealed.text()));
    } catch (ProtocolViolation e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static String opened(
      ContentKey key, ValueAddress address, GcmValues.Said said, String text) {
    try {
      return GcmValues.open(key, address, said, text);
    } catch (ProtocolViolation e) {
      throw new CompletionException(e);
    }
  }
}
