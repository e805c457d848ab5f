package org.noports.tunnel.link;

import java.util.Optional;
import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;
import org.noports.api.Secret;
import org.noports.api.cipher.Encapsulation;
import org.noports.api.cipher.KeyShare;
import org.noports.api.tunnel.Suite;
import org.noports.api.tunnel.SuiteAlgorithms;
import org.noports.protocol.np2.KeyChange;
import org.noports.protocol.np2.RecordType;

/**
 * Brings a link to the keys of a fresh secret, under its suite or another, while data flows: an
 * offer, its answer, and a done. If both ends offer at once, the client's offer stands and the
 * device's is as if never made.
 */
final class KeyExchange implements AutoCloseable {
  private final LinkPlan plan;
  private final Wire wire;
  private State state = State.IDLE;
  private int count;
  private RecordType type = RecordType.REKEY;
  private Optional<KeyShare> share = Optional.empty();
  private byte[] offered = new byte[0];
  private Optional<SuiteAlgorithms> next = Optional.empty();
  private Optional<Secret> receiving = Optional.empty();
  private Optional<SuiteAlgorithms> wanted = Optional.empty();

  private enum State {
    IDLE,
    OFFERED,
    ANSWERED
  }

  /** What the exchange needs of its link. */
  interface Wire {
    void send(RecordType type, byte[] content);

    /** From the next record on we seal under this. Takes over the secret. */
    void sealUnder(SuiteAlgorithms algorithms, Secret traffic) throws CipherUnavailable;

    /** The next record is opened under this. Takes over the secret. */
    void openUnder(SuiteAlgorithms algorithms, Secret traffic) throws CipherUnavailable;

    /** Traffic secret of this link in the root's epoch. */
    Secret traffic(boolean ours) throws CipherUnavailable;

    /** Both traffic secrets of the root's epoch are taken. */
    void rootSpent() throws CipherUnavailable;

    /** The other end has its turn, and must take it in time: {@link #giveUp} if it does not. */
    void waits(int exchange);

    /**
     * Both directions have new keys.
     *
     * @param ours whether the offer was ours
     */
    void changed(boolean ours);

    /** Our offer was declined: all stays as it was. */
    void declined(Suite suite);

    /** Whatever came of the exchange, it is over. */
    void over();
  }

  KeyExchange(LinkPlan plan, Wire wire) {
    this.plan = plan;
    this.wire = wire;
  }

  boolean underWay() {
    return state != State.IDLE;
  }

  /** What an exchange that is under way leads to. */
  Optional<SuiteAlgorithms> next() {
    return next;
  }

  /** Called when exchange {@code number} has had time enough. */
  void giveUp(int number) throws ProtocolViolation {
    expect(state == State.IDLE || number != count, "does not finish an exchange of keys");
  }

  /** Offers a fresh secret under {@code algorithms}; after the exchange that is under way. */
  void offer(SuiteAlgorithms algorithms) throws CipherUnavailable {
    if (state != State.IDLE) {
      wanted = Optional.of(algorithms);
      return;
    }
    KeyShare made = algorithms.agreement().generate();
    boolean same = algorithms.suite().equals(plan.root().algorithms().suite());
    type = same ? RecordType.REKEY : RecordType.SWITCH;
    share = Optional.of(made);
    next = Optional.of(algorithms);
    offered =
        new KeyChange.Offer(
                plan.root().epoch() + 1,
                same ? Optional.empty() : Optional.of(algorithms.suite().toString()),
                made.publicKey())
            .bytes();
    state = State.OFFERED;
    count++;
    wire.send(type, offered);
    wire.waits(count);
  }

  /**
   * An offer of ours is as if never made: the cipher under which it was said is left.
   *
   * @throws ProtocolViolation if the other end has still to finish what we have answered
   */
  void giveWay() throws ProtocolViolation {
    expect(state != State.ANSWERED, "leaves its cipher before it has finished its last offer");
    wanted = Optional.empty();
    close();
  }

  /** Takes what came in a rekey or switch record; ratchets are not for here. */
  void received(RecordType of, KeyChange change, byte[] content)
      throws ProtocolViolation, CipherUnavailable {
    if (change instanceof KeyChange.Offer offer) {
      expect(offer.epoch() == plan.root().epoch() + 1, "offers keys of an epoch that is not next");
      answer(of, offer, content);
    } else if (change instanceof KeyChange.Answer answer) {
      expect(state == State.OFFERED && of == type, "answers an offer that was not made");
      expect(answer.epoch() == plan.root().epoch() + 1, "answers an offer of another epoch");
      finish(answer, content);
    } else if (change instanceof KeyChange.Done done) {
      expect(state == State.ANSWERED && of == type, "finishes an exchange that was not begun");
      expect(done.epoch() == plan.root().epoch(), "finishes an exchange of another epoch");
      SuiteAlgorithms algorithms = next.orElseThrow();
      Secret traffic = receiving.orElseThrow();
      receiving = Optional.empty();
      wire.openUnder(algorithms, traffic);
      close();
      wire.changed(false);
      over();
    } else if (change instanceof KeyChange.Decline decline) {
      expect(state == State.OFFERED && of == type, "declines an offer that was not made");
      expect(decline.epoch() == plan.root().epoch() + 1, "declines an offer of another epoch");
      Suite declined = next.orElseThrow().suite();
      close();
      wire.declined(declined);
      over();
    }
  }

  static void expect(boolean allowed, String otherwise) throws ProtocolViolation {
    if (!allowed) {
      throw new ProtocolViolation("The other end " + otherwise);
    }
  }

  private void answer(RecordType of, KeyChange.Offer offer, byte[] content)
      throws ProtocolViolation, CipherUnavailable {
    expect(state != State.ANSWERED, "offers keys before it has finished its last offer");
    if (state == State.OFFERED) {
      if (plan.keys().client()) {
        return;
      }
      share.ifPresent(KeyShare::close);
    }
    type = of;
    Optional<SuiteAlgorithms> algorithms = wantedBy(offer);
    if (algorithms.isEmpty()) {
      close();
      // First: behind an offer of ours it would come as the answer to that.
      wire.send(of, new KeyChange.Decline(offer.epoch()).bytes());
      over();
      return;
    }
    try (Encapsulation made = algorithms.get().agreement().encapsulate(offer.share())) {
      byte[] answer = new KeyChange.Answer(offer.epoch(), made.bytes()).bytes();
      wire.send(of, answer);
      newRoot(algorithms.get(), made.secret(), content, answer);
    }
    next = algorithms;
    state = State.ANSWERED;
    count++;
    wire.sealUnder(algorithms.get(), wire.traffic(true));
    receiving = Optional.of(wire.traffic(false));
    wire.rootSpent();
    wire.waits(count);
  }

  private Optional<SuiteAlgorithms> wantedBy(KeyChange.Offer offer) throws ProtocolViolation {
    return offer.suite().isEmpty() ? Optional.of(same()) : named(offer.suite().get());
  }

  /** What the other end asks for, if both ends named it and it is here. */
  Optional<SuiteAlgorithms> named(String suite) throws ProtocolViolation {
    try {
      return present(Suite.of(suite));
    } catch (IllegalArgumentException e) {
      throw new ProtocolViolation("The other end offers a suite that is none", e);
    }
  }

  /** The suite there is, by who brings it now; while nobody does, by what the link holds. */
  SuiteAlgorithms same() {
    SuiteAlgorithms inUse = plan.root().algorithms();
    return present(inUse.suite()).orElse(inUse);
  }

  private Optional<SuiteAlgorithms> present(Suite suite) {
    try {
      Optional<SuiteAlgorithms> handles = plan.keys().suites().algorithms(suite);
      return handles.isPresent() ? Optional.of(handles.get().held()) : Optional.empty();
    } catch (CipherUnavailable e) {
      // It has gone since it was asked for.
      return Optional.empty();
    }
  }

  private void finish(KeyChange.Answer answer, byte[] content)
      throws ProtocolViolation, CipherUnavailable {
    SuiteAlgorithms algorithms = next.orElseThrow();
    try (KeyShare own = share.orElseThrow();
        Secret fresh = own.open(answer.encapsulated())) {
      newRoot(algorithms, fresh, offered, content);
    }
    share = Optional.empty();
    wire.openUnder(algorithms, wire.traffic(false));
    wire.send(type, new KeyChange.Done(answer.epoch()).bytes());
    wire.sealUnder(algorithms, wire.traffic(true));
    wire.rootSpent();
    close();
    wire.changed(true);
    over();
  }

  private void newRoot(SuiteAlgorithms algorithms, Secret fresh, byte[] offer, byte[] answer)
      throws CipherUnavailable {
    plan.root().next(algorithms, fresh, offer, answer);
  }

  private void over() throws CipherUnavailable {
    wire.over();
    if (wanted.isPresent()) {
      SuiteAlgorithms after = wanted.get();
      wanted = Optional.empty();
      offer(after);
    }
  }

  /** Wipes what an unfinished exchange holds. Idempotent. */
  @Override
  public void close() {
    state = State.IDLE;
    next = Optional.empty();
    share.ifPresent(KeyShare::close);
    share = Optional.empty();
    receiving.ifPresent(Secret::close);
    receiving = Optional.empty();
  }
}
