package org.noports.tunnel.stream;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.concurrent.CompletionStage;
import org.noports.api.tunnel.RemoteEntrance;
import org.noports.api.tunnel.StreamRequest;

/**
 * What a device's session does with the streams that its client asks for; one for each session,
 * closed with it. The session carries, this decides and reaches.
 *
 * <p>Stages fail with {@link org.noports.api.SessionRefused} or {@link
 * org.noports.api.TargetUnavailable}, whose message is for the client.
 */
public interface DeviceStreams extends AutoCloseable {
  /**
   * Asks whether the stream may be, then reaches for where it leads; answer the client when this
   * completes.
   *
   * @param loop where the stream's channel lives
   */
  CompletionStage<Exit> open(StreamRequest.Outgoing request, EventLoop loop);

  /**
   * Asks whether the device may listen there, then does; ends with {@link RemoteEntrance#close} or
   * with the session.
   *
   * @param back opens a stream to the client for each connection
   */
  CompletionStage<RemoteEntrance> listen(StreamRequest.Listen request, Back back);

  /**
   * Whether the session is without a link now: nobody who comes can be brought to the client, and
   * another session of the same client may listen in its place.
   */
  void linkless(boolean now);

  /** Stops listening where the gate now has an objection. */
  void review();

  /** Stops listening. Streams end by their channels. Idempotent. */
  @Override
  void close();

  /** What an admitted stream leads to; exactly one of its methods is to be called, once. */
  interface Exit {
    /** Takes over the stream's channel, on its loop: clear, not reading by itself, half-close. */
    void join(Channel stream);

    /** Nobody wants the stream any more. */
    void abandon();
  }

  /** The way back to the client. */
  @FunctionalInterface
  interface Back {
    /**
     * Opens a stream that the client takes as a connection to the address where the device listens.
     * The channel is clear, does not read by itself and keeps half-close.
     *
     * @param loop where the channel is to live
     */
    CompletionStage<Channel> open(EventLoop loop);
  }
}
