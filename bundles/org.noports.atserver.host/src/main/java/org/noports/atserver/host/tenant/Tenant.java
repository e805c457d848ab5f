package org.noports.atserver.host.tenant;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.noports.api.AtSign;
import org.noports.api.CipherUnavailable;
import org.noports.api.cipher.SignatureAlgorithm;
import org.noports.api.store.BatchResult;
import org.noports.api.store.StoreChange;
import org.noports.atserver.host.peer.PeerLinks;
import org.noports.atserver.host.peer.VisitorCheck;
import org.noports.atserver.host.record.AtNotification;
import org.noports.atserver.host.record.CommitLog;
import org.noports.atserver.host.record.Inbox;
import org.noports.atserver.host.record.KeyNames;
import org.noports.atserver.host.record.Outbox;
import org.noports.atserver.host.record.Records;
import org.noports.protocol.verb.MetadataChange;
import org.noports.protocol.verb.MetadataField;

/**
 * One hosted atSign: everything its verbs work on. Lives from when it is opened to when the host
 * stops or the atSign is removed, whatever becomes of store and sockets meanwhile.
 */
public final class Tenant {
  /** How long another atServer has to fetch our signature (atprotocol.md 4.1). */
  private static final Duration PROOF_LIFE = Duration.ofSeconds(60);

  private final AtSign self;
  private final Surroundings around;
  private final Records records;
  private final CommitLog commits;
  private final BlockList blockList;
  private final Guests guests = new Guests();
  private final Outbox outbox;
  private final Monitors monitors;
  private final PeerLinks links;
  private final RemoteValues remote;
  private final References references;
  private final Courier courier;
  private final InOrder leaving = new InOrder();
  private final ChangeTicker ticker;
  private final EnrolledConnections enrolled = new EnrolledConnections();
  private final WrongPasscodes wrongPasscodes = new WrongPasscodes();

  public Tenant(AtSign self, Surroundings around) {
    this.self = requireNonNull(self, "self is null");
    this.around = requireNonNull(around, "around is null");
    this.records =
        new Records(
            () -> around.stores().apply(self),
            this::committed,
            () -> around.limits().get().quota().stored());
    this.commits = new CommitLog(records);
    this.blockList = new BlockList(self, records);
    Inbox inbox = new Inbox(records);
    this.outbox = new Outbox(self, records, inbox);
    this.monitors = new Monitors(inbox, this::listened);
    this.ticker =
        new ChangeTicker(
            records,
            commits,
            monitors,
            self,
            around.serial(),
            () -> around.limits().get().statsInterval());
    this.links =
        new PeerLinks(
            self,
            around.dialer(),
            this::publishProof,
            () -> around.limits().get().peerTimeout(),
            () -> around.limits().get().peerIdle());
    this.remote = new RemoteValues(self, records, links);
    this.references = new References(self, records, remote);
    this.courier =
        new Courier(
            around.serial(),
            records::store,
            new PeerDelivery(records, outbox, links, around.happenings()));
  }

  public AtSign self() {
    return self;
  }

  public Records records() {
    return records;
  }

  /** The changes that the owner's devices sync. */
  public CommitLog commits() {
    return commits;
  }

  /** Who is connected. */
  public Guests guests() {
    return guests;
  }

  /** With whom its atServer does not speak. */
  public BlockList blockList() {
    return blockList;
  }

  public Outbox outbox() {
    return outbox;
  }

  public Monitors monitors() {
    return monitors;
  }

  public PeerLinks links() {
    return links;
  }

  /** Which other atServers may speak for whom. */
  public VisitorCheck visitors() {
    return around.visitors();
  }

  public RemoteValues remote() {
    return remote;
  }

  /**
   * A signature algorithm that is a plug-in.
   *
   * @throws CipherUnavailable if there is none to ask for it; or later, when it is used
   */
  public SignatureAlgorithm signature(String algorithm) throws CipherUnavailable {
    return around
        .ciphers()
        .get()
        .orElseThrow(
            () ->
                new CipherUnavailable(
                    "no algorithms are known here: start the bundle org.noports.cipher.catalogue"))
        .signature(algorithm);
  }

  public EnrolledConnections enrolled() {
    return enrolled;
  }

  public WrongPasscodes wrongPasscodes() {
    return wrongPasscodes;
  }

  /** Values that stand for others. */
  public References references() {
    return references;
  }

  /** Fetches copies anew that are out of date; never fails. */
  public CompletionStage<Void> refreshCopies() {
    return records.storeIsHere() ? remote.refresh() : CompletableFuture.completedFuture(null);
  }

  public Limits limits() {
    return around.limits().get();
  }

  public Executor workers() {
    return around.workers();
  }

  public Happenings happenings() {
    return around.happenings();
  }

  private void committed(long commit) {
    ticker.changed(commit);
  }

  private void listened() {
    ticker.wake();
  }

  /** The outgoing queue may hold something: looks at once. */
  public void nudge() {
    courier.nudge();
  }

  /** Stores a notification for another atSign and starts its delivery. */
  public CompletionStage<BatchResult> send(AtNotification notification) {
    Outgoing outgoing = outgoing(notification);
    return leaving
        .of(records.apply(outgoing.changes()))
        .whenComplete((done, failure) -> outgoing.stored(failure == null));
  }

  /** Gets a notification ready to be stored in a batch together with what it tells of. */
  Outgoing outgoing(AtNotification notification) {
    Instant dueAt = courier.dueAt(records.now());
    return new Outgoing(
        outbox.enqueue(notification, dueAt),
        stored -> {
          if (stored) {
            courier.handOver(outbox.unclaimed(notification), dueAt);
          } else {
            // The outcome is unknown: if it is in the queue after all, it is found there.
            courier.nudge();
          }
        });
  }

  /** Makes the pair with which we show other atServers who we are, unless there is one. */
  public CompletionStage<Void> ensureSigningKeys() {
    return records
        .get(KeyNames.signingPrivateKey(self))
        .thenCompose(
            found ->
                found.isPresent()
                    ? CompletableFuture.completedFuture(null)
                    : CompletableFuture.supplyAsync(SigningKeys::generate, workers())
                        .thenCompose(this::keep));
  }

  private CompletionStage<Void> keep(SigningKeys.Pair pair) {
    MetadataChange plain = MetadataChange.NONE;
    List<StoreChange> batch =
        List.of(
            records.fresh(KeyNames.signingPublicKey(self), pair.publicKey(), plain, self),
            records.fresh(KeyNames.signingPrivateKey(self), pair.privateKey(), plain, self),
            records.fresh("privatekey:signing_keypair_generated", "true", plain, self));
    return records.apply(batch).thenAccept(done -> {});
  }

  private CompletionStage<Void> publishProof(String session, String proof) {
    MetadataChange shortLived = MetadataChange.NONE.with(MetadataField.TTL, PROOF_LIFE.toMillis());
    return records
        .get(KeyNames.signingPrivateKey(self))
        .thenApplyAsync(
            key -> SigningKeys.sign(key.orElseThrow(Refusals::noSigningKey).value(), proof),
            workers())
        .thenCompose(
            signature ->
                records.apply(
                    List.of(records.fresh("public:" + session, signature, shortLived, self))))
        .thenAccept(done -> {});
  }

  /** Ends deliveries and calls to other atServers. */
  public void close() {
    courier.close();
    ticker.close();
    links.close();
  }
}
