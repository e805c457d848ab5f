package org.noports.tunnel.session;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.api.NoPortsException;
import org.noports.api.ProtocolViolation;
import org.noports.api.SessionGone;
import org.noports.api.SessionRefused;
import org.noports.transport.StreamReset;

/**
 * One stream of a session as a Netty channel, so that it is spliced like a socket. It sends as much
 * as the other end's credit allows; what nobody reads here costs its own credit only.
 */
public final class MultiplexedStream extends HalfClosable {
  private final Multiplexer multiplexer;
  private final int id;
  private final Inbox inbox;
  private final CompletableFuture<String> answered = new CompletableFuture<>();
  private final String request;
  private boolean announced;
  private boolean queued;
  private boolean deliveryDue;
  private boolean finished;
  private long credit = Inbox.FIRST_WINDOW;

  /**
   * A stream.
   *
   * @param request what to ask the other end for, or empty if the other end has asked
   */
  MultiplexedStream(Multiplexer multiplexer, EventLoop loop, int id, String request) {
    super(loop);
    this.multiplexer = multiplexer;
    this.id = id;
    this.request = request;
    this.announced = request.isEmpty();
    this.inbox = new Inbox();
  }

  /** Its number in the session. */
  public int streamId() {
    return id;
  }

  /**
   * Completes with what the other end adds to its yes; fails with {@link SessionRefused}, {@link
   * org.noports.api.TargetUnavailable} or {@link SessionGone}. What is written before waits there.
   */
  public CompletionStage<String> answered() {
    return answered;
  }

  /** Says yes to the other end, with what it needs to know. */
  public void accept(String details) {
    if (isOpen()) {
      credit -= multiplexer.sendText(this, Frame.ACK, details);
      answered.complete(details);
    }
  }

  /** Says no, and why. */
  public void refuse(String reason) {
    if (isOpen()) {
      multiplexer.sendText(this, Frame.ACK | Frame.RST, reason);
      finished = true;
      unsafe().close(voidPromise());
    }
  }

  // What the application does.

  @Override
  protected Object filterOutboundMessage(Object message) {
    if (message instanceof ByteBuf) {
      return message;
    }
    throw new UnsupportedOperationException("A stream carries bytes");
  }

  @Override
  protected void doWrite(ChannelOutboundBuffer out) {
    wantsTurn();
  }

  void wantsTurn() {
    if (!queued) {
      queued = true;
      multiplexer.wantsTurn(this);
    }
  }

  /** Sends one frame; true if it would send another. */
  boolean takeTurn() {
    // What is written meanwhile is looked at below.
    queued = true;
    queued = sendOne();
    return queued;
  }

  private boolean sendOne() {
    ChannelOutboundBuffer out = unsafe().outboundBuffer();
    if (out == null) {
      return false;
    }
    if (!announced) {
      announced = true;
      credit -= multiplexer.sendText(this, Frame.SYN, request);
    }
    while (out.current() instanceof ByteBuf clear) {
      if (!clear.isReadable()) {
        out.remove();
      } else if (credit <= 0) {
        return false;
      } else {
        int size = (int) Math.min(credit, Math.min(clear.readableBytes(), Multiplexer.MOST_DATA));
        credit -= size;
        multiplexer.sendData(this, clear, size);
        out.removeBytes(size);
        return isOpen() && credit > 0 && out.current() != null;
      }
    }
    return false;
  }

  @Override
  protected void doBeginRead() {
    if (inbox.ask()) {
      deliverSoon();
    }
  }

  private void deliverSoon() {
    if (!deliveryDue) {
      deliveryDue = true;
      // Not from inside the reader's own call: it may not be ready for an answer yet.
      eventLoop()
          .execute(
              () -> {
                deliveryDue = false;
                deliver();
              });
    }
  }

  /** Hands on what was received, if it was asked for. */
  void deliver() {
    if (!inbox.isDue() || !isOpen()) {
      return;
    }
    int taken = inbox.take(pipeline()::fireChannelRead);
    if (taken > 0) {
      giveCredit();
      pipeline().fireChannelReadComplete();
    }
    if (isOpen() && inbox.endIsNext()) {
      inputEnded();
      pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    }
  }

  private void giveCredit() {
    int grant = inbox.grant();
    if (grant > 0 && isOpen() && !inbox.ended()) {
      multiplexer.send(new Frame(Frame.WINDOW_UPDATE, 0, id, grant));
    }
  }

  @Override
  void outputEnded() {
    multiplexer.send(new Frame(Frame.WINDOW_UPDATE, Frame.FIN, id, 0));
    finished = inbox.ended();
  }

  @Override
  protected void gone() {
    if (announced && !finished) {
      multiplexer.send(new Frame(Frame.WINDOW_UPDATE, Frame.RST, id, 0));
    }
    inbox.release();
    answered.completeExceptionally(new SessionGone("The stream was closed before it was answered"));
    multiplexer.remove(this);
  }

  // What the other end does.

  void received(ByteBuf piece) throws ProtocolViolation {
    inbox.add(piece);
  }

  /** Request and answer are content that no application reads. */
  void receivedText(int bytes) throws ProtocolViolation {
    inbox.skip(bytes);
  }

  void credit(long more) {
    credit += more;
    ChannelOutboundBuffer out = unsafe().outboundBuffer();
    if (out != null && out.current() != null) {
      wantsTurn();
    }
  }

  void isAnswered(boolean yes, String text) {
    if (yes) {
      answered.complete(text);
    } else {
      broken(StreamWords.failure(text));
    }
  }

  void otherEnded() {
    inbox.end();
    finished = isOutputShutdown();
  }

  void otherReset() {
    broken(new SessionGone("the other end has reset the stream"));
  }

  /** It ends here and now, and the other end knows or is gone. */
  void broken(NoPortsException why) {
    finished = true;
    answered.completeExceptionally(why);
    if (isOpen()) {
      pipeline().fireExceptionCaught(new StreamReset(why.getMessage(), why));
      unsafe().close(voidPromise());
    }
  }

  @Override
  public String toString() {
    return "MultiplexedStream[" + id + "]";
  }
}
