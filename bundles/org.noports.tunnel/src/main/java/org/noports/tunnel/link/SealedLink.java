package org.noports.tunnel.link;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.concurrent.Future;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.noports.api.CipherUnavailable;
import org.noports.api.NoPortsException;
import org.noports.api.cipher.Provider;
import org.noports.api.tunnel.SuiteAlgorithms;
import org.noports.protocol.np2.RecordType;
import org.noports.transport.Closing;

/**
 * One relayed connection of an NP2 session: what one end sends arrives at the other unchanged, in
 * order and to the end, or the link ends with a {@link org.noports.api.ProtocolViolation}. Nobody
 * who carries it reads any of it.
 *
 * <p>Everything happens on the channel's event loop, also the calls. A link is always read: an end
 * that cannot take more must say so to the other above the link.
 */
public final class SealedLink implements Link {
  private final Channel channel;
  private final LinkPlan plan;
  private final LinkListener listener;
  private final LinkKeyring keyring;
  private State state = State.CONFIRMING;
  private Optional<Future<?>> deadline = Optional.empty();

  enum State {
    CONFIRMING,
    OPEN,
    /** No key seals or opens: its cipher is left, and there is no other yet. */
    STOPPED,
    CLOSING,
    ENDED
  }

  private SealedLink(Channel channel, LinkPlan plan, LinkListener listener)
      throws CipherUnavailable {
    this.channel = requireNonNull(channel, "channel is null");
    this.plan = requireNonNull(plan, "plan is null");
    this.listener = requireNonNull(listener, "listener is null");
    this.keyring = new LinkKeyring(channel, plan, new LinkInput.KeyNews(this, listener));
  }

  /**
   * Makes a link of a channel that the relay has paired; the link owns the channel, also what its
   * options are. The listener hears {@link LinkListener#opened} or {@link LinkListener#ended}.
   *
   * @throws CipherUnavailable if the session's ciphers are gone; the channel is as it was
   */
  public static SealedLink start(Channel channel, LinkPlan plan, LinkListener listener)
      throws CipherUnavailable {
    var link = new SealedLink(channel, plan, listener);
    link.begin();
    return link;
  }

  private void begin() throws CipherUnavailable {
    LinkLimits limits = plan.limits();
    byte[] confirm = keyring.confirm(true);
    channel
        .config()
        .setOption(
            ChannelOption.WRITE_BUFFER_WATER_MARK,
            new WriteBufferWaterMark(limits.writeLow(), limits.writeHigh()));
    channel.write(Unpooled.wrappedBuffer(keyring.preface().bytes()), channel.voidPromise());
    channel
        .pipeline()
        .addLast(
            new OpenRecords(
                keyring.opening, new LinkInput(this, listener, keyring), LinkLimits.MOST_BYTES),
            new SealRecords(keyring.sealing, limits.ratchetBytes()));
    keyring.send(RecordType.CONFIRM, confirm);
    endAfter(limits.confirmWithin(), Optional.of(LinkFailure.unconfirmed(this)));
    channel.config().setAutoRead(true);
    if (!channel.isActive()) {
      end(Optional.of(LinkFailure.cut(this, false)));
    }
  }

  /** The link's number in its session. */
  public int number() {
    return plan.number();
  }

  @Override
  public boolean isWritable() {
    return state == State.OPEN && channel.isWritable();
  }

  @Override
  public void send(ByteBuf clear) {
    if (state == State.OPEN) {
      channel.write(clear, channel.voidPromise());
      return;
    }
    clear.release();
    if (state == State.CONFIRMING) {
      throw new IllegalStateException("The other end has not proven itself yet");
    }
  }

  @Override
  public void ack(long offset) {
    if (state == State.OPEN) {
      byte[] content = ByteBuffer.allocate(Long.BYTES).putLong(offset).array();
      channel.write(new SealRecords.Control(RecordType.ACK, content), channel.voidPromise());
    }
  }

  @Override
  public void flush() {
    if (state == State.OPEN) {
      channel.flush();
    }
  }

  /**
   * Has both ends agree on a fresh secret, under {@code algorithms}, while data flows; the listener
   * hears {@link LinkListener#keysChanged} or {@link LinkListener#declined}. An offer that the
   * other end makes at the same time may take its place.
   */
  public void freshKeys(SuiteAlgorithms algorithms) {
    if (state == State.OPEN) {
      keyring.offer(algorithms);
    }
  }

  /** Whether keys are being exchanged, or cannot be because the link does not stand. */
  public boolean isExchanging() {
    return state != State.OPEN && state != State.STOPPED || keyring.exchanging();
  }

  /**
   * Has both ends go on under {@code algorithms} and nothing pass under what there is, from now on;
   * not while {@link #isExchanging}. The listener hears {@link LinkListener#stopped}, then {@link
   * LinkListener#keysChanged} and {@link LinkListener#opened}, or {@link LinkListener#declined}:
   * then nothing passes until something else is offered. If the other end does not answer, it is
   * for the caller to {@link #cut}.
   */
  public void leave(SuiteAlgorithms algorithms) {
    if (!isExchanging()) {
      keyring.leave(algorithms);
    }
  }

  /** Who brought what it computes with, and what an exchange under way would bring. */
  public Set<Provider> providers() {
    Set<Provider> all = new HashSet<>(plan.root().algorithms().providers());
    all.addAll(keyring.offered());
    return all;
  }

  /** Ends it without another byte: what it seals with is not to be used any more. */
  public void cut(NoPortsException why) {
    end(Optional.of(why));
  }

  @Override
  public void close() {
    if (state == State.CONFIRMING || state == State.STOPPED) {
      end(Optional.empty());
    } else if (state == State.OPEN) {
      keyring.send(RecordType.CLOSE, new byte[0]);
      state = State.CLOSING;
      endAfter(plan.limits().closeWithin(), Optional.empty());
    }
  }

  State state() {
    return state;
  }

  /** The other end has proven itself. */
  void confirmed() {
    deadline.ifPresent(timer -> timer.cancel(false));
    state = State.OPEN;
    keyring.opened();
    listener.opened(this);
  }

  /** The other end's close record has come: nothing is missing. */
  void closedByOther() {
    if (state == State.OPEN) {
      keyring.send(RecordType.CLOSE, new byte[0]);
    }
    end(Optional.empty());
  }

  /** Nothing passes under the keys there were. */
  void stopped() {
    if (state == State.OPEN) {
      state = State.STOPPED;
      listener.stopped(this);
    }
  }

  /** Both directions have keys again. */
  void anew() {
    if (state == State.STOPPED) {
      state = State.OPEN;
      listener.opened(this);
    }
  }

  private void endAfter(Duration time, Optional<NoPortsException> why) {
    deadline.ifPresent(timer -> timer.cancel(false));
    deadline =
        Optional.of(
            channel.eventLoop().schedule(() -> end(why), time.toNanos(), TimeUnit.NANOSECONDS));
  }

  /** Wipes the keys before anybody hears of the end. */
  void end(Optional<NoPortsException> why) {
    if (state == State.ENDED) {
      return;
    }
    state = State.ENDED;
    deadline.ifPresent(timer -> timer.cancel(false));
    keyring.close();
    if (why.isEmpty()) {
      Closing.afterWrites(channel);
    } else {
      channel.close();
    }
    listener.ended(this, why);
  }

  @Override
  public String toString() {
    return "link " + plan.number();
  }
}
