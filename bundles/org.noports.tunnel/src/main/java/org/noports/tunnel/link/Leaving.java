package org.noports.tunnel.link;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.api.cipher.Encapsulation;
import org.noports.api.cipher.KeyShare;
import org.noports.api.tunnel.SuiteAlgorithms;
import org.noports.protocol.np2.KeyChange;
import org.noports.protocol.np2.LinkKeys;
import org.noports.protocol.np2.LinkPreface;
import org.noports.protocol.np2.RecordType;

/**
 * Brings a link to another suite without another record under the cipher there is, which must not
 * be used any more: an offer and its answer in clear, each with a MAC by what is left of the root,
 * of which no record cipher ever had anything. What was under way is lost; the session above knows
 * what it was. If both ends offer at once, the client's offer stands.
 */
final class Leaving implements AutoCloseable {
  private static final byte[] NONE = {};

  private final LinkPlan plan;
  private final KeyExchange exchange;
  private final Wire wire;
  private Optional<KeyShare> share = Optional.empty();
  private Optional<SuiteAlgorithms> next = Optional.empty();
  private byte[] offered = NONE;

  /** What it needs of its link. */
  interface Wire extends KeyExchange.Wire {
    void sendClear(byte[] content);

    /** Nothing more is sealed or opened under the keys there are. */
    void stop();

    /** The link carries the session again, from where both ends say. */
    void anew();
  }

  Leaving(LinkPlan plan, KeyExchange exchange, Wire wire) {
    this.plan = plan;
    this.exchange = exchange;
    this.wire = wire;
  }

  boolean underWay() {
    return next.isPresent();
  }

  /** What an offer that is not answered yet leads to. */
  Optional<SuiteAlgorithms> next() {
    return next;
  }

  /** Offers to go on under {@code algorithms}; not while an exchange is under way. */
  void offer(SuiteAlgorithms algorithms) throws CipherUnavailable {
    KeyShare made = algorithms.agreement().generate();
    share = Optional.of(made);
    next = Optional.of(algorithms);
    offered =
        new KeyChange.Offer(
                plan.root().epoch() + 1,
                Optional.of(algorithms.suite().toString()),
                made.publicKey())
            .bytes();
    wire.stop();
    send(NONE, offered);
  }

  private void send(byte[] answered, byte[] content) throws CipherUnavailable {
    byte[] proof = proof(true, answered, content);
    byte[] record = Arrays.copyOf(content, content.length + proof.length);
    System.arraycopy(proof, 0, record, content.length, proof.length);
    wire.sendClear(record);
  }

  private byte[] proof(boolean ours, byte[] answered, byte[] content) throws CipherUnavailable {
    SessionRoot root = plan.root();
    var keys = new LinkKeys(root.algorithms().derivation());
    var link = new LinkPreface(plan.number(), root.epoch());
    boolean fromClient = plan.keys().client() == ours;
    try (Secret key = keys.leaving(root.secret(), plan.keys().transcript(), link, fromClient)) {
      return keys.proof(key, answered, content);
    }
  }

  /** What stands in a leave record, which the other end has said. */
  KeyChange proven(byte[] record) throws ProtocolViolation, CipherUnavailable {
    byte[] content = content(record);
    byte[] proof = Arrays.copyOfRange(record, content.length, record.length);
    KeyChange change = KeyChange.read(RecordType.LEAVE, content);
    byte[] answered = change instanceof KeyChange.Offer ? NONE : offered;
    KeyExchange.expect(
        MessageDigest.isEqual(proof, proof(false, answered, content)),
        "did not say what came as a record that leaves a cipher: it was changed, or put in on its"
            + " way through the relay");
    return change;
  }

  private byte[] content(byte[] record) throws ProtocolViolation {
    int length = record.length - plan.root().algorithms().derivation().hashLength();
    KeyExchange.expect(length > 0, "leaves its cipher in a record that is too short");
    return Arrays.copyOf(record, length);
  }

  /** Takes what is {@link #proven}. */
  void received(KeyChange change, byte[] record) throws ProtocolViolation, CipherUnavailable {
    byte[] content = content(record);
    if (change instanceof KeyChange.Offer offer) {
      answer(offer, content);
    } else if (change instanceof KeyChange.Answer answer) {
      KeyExchange.expect(underWay(), "answers an offer that was not made");
      KeyExchange.expect(isNext(answer.epoch()), "answers an offer of another epoch");
      finish(answer, content);
    } else if (change instanceof KeyChange.Decline decline) {
      KeyExchange.expect(underWay(), "declines an offer that was not made");
      KeyExchange.expect(isNext(decline.epoch()), "declines an offer of another epoch");
      var declined = next.orElseThrow().suite();
      close();
      wire.declined(declined);
      wire.over();
    }
  }

  private boolean isNext(int epoch) {
    return epoch == plan.root().epoch() + 1;
  }

  private void answer(KeyChange.Offer offer, byte[] content)
      throws ProtocolViolation, CipherUnavailable {
    KeyExchange.expect(isNext(offer.epoch()), "offers keys of an epoch that is not next");
    if (underWay() && plan.keys().client()) {
      return;
    }
    close();
    exchange.giveWay();
    Optional<SuiteAlgorithms> algorithms = exchange.named(offer.suite().orElseThrow());
    if (algorithms.isEmpty()) {
      send(content, new KeyChange.Decline(offer.epoch()).bytes());
      wire.over();
      return;
    }
    try (Encapsulation made = algorithms.get().agreement().encapsulate(offer.share())) {
      byte[] answer = new KeyChange.Answer(offer.epoch(), made.bytes()).bytes();
      wire.stop();
      send(content, answer);
      goOn(algorithms.get(), made.secret(), content, answer);
    }
    over(false);
  }

  private void finish(KeyChange.Answer answer, byte[] content)
      throws ProtocolViolation, CipherUnavailable {
    try (KeyShare own = share.orElseThrow();
        Secret fresh = own.open(answer.encapsulated())) {
      goOn(next.orElseThrow(), fresh, offered, content);
    }
    close();
    over(true);
  }

  private void goOn(SuiteAlgorithms algorithms, Secret fresh, byte[] offer, byte[] answer)
      throws CipherUnavailable {
    plan.root().next(algorithms, fresh, offer, answer);
    wire.openUnder(algorithms, wire.traffic(false));
    wire.sealUnder(algorithms, wire.traffic(true));
    wire.rootSpent();
  }

  private void over(boolean ours) {
    wire.changed(ours);
    wire.anew();
    wire.over();
  }

  /** Wipes what an unfinished offer holds. Idempotent. */
  @Override
  public void close() {
    share.ifPresent(KeyShare::close);
    share = Optional.empty();
    next = Optional.empty();
    offered = NONE;
  }
}
