package org.noports.tunnel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;
import org.noports.api.Target;
import org.noports.api.stream.ByteStream;
import org.noports.api.tunnel.Level;
import org.noports.api.tunnel.SessionKeys;
import org.noports.api.tunnel.SessionPlan;
import org.noports.protocol.relay.ControlMessage;
import org.noports.protocol.relay.ControlMessage.Connect;
import org.noports.protocol.relay.ControlMessageReader;
import org.noports.transport.ChannelStream;
import org.noports.transport.Closing;
import org.noports.transport.EventLoops;

/**
 * The device's end: for each connect message it dials the relay, strictly in order, because the
 * relay pairs in order; then the service is dialled, which others need not wait for
 * (docs/protocol/noports.md 4.6).
 */
final class DeviceSession extends LiveSession {
  /** As existing devices: four attempts, a second apart. */
  private static final int RELAY_ATTEMPTS = 4;

  private final EventLoops loops;
  private final ServiceExit exit;
  private final Target target;
  private final ControlMessageReader reader;
  private final Queue<Connect> waiting = new ArrayDeque<>();
  private boolean busy;

  DeviceSession(
      SessionPlan plan,
      SessionKeys keys,
      Channel control,
      Surroundings around,
      ServiceExit exit,
      Target target) {
    super(plan, keys, control, around, "device");
    this.loops = around.loops();
    this.exit = exit;
    this.target = target;
    this.reader = new ControlMessageReader(keys.level() == Level.L0);
  }

  @Override
  void begin() {
    control.pipeline().addLast(new ControlListener(this::hear));
    control.read();
    super.begin();
  }

  @Override
  public void review() {
    exit.review();
  }

  @Override
  void ending() {
    reader.close();
    waiting.forEach(Connect::close);
    waiting.clear();
  }

  private void hear(ByteBuf opened) {
    if (isOver()) {
      return;
    }
    try {
      for (ControlMessage message : reader.read(opened.nioBuffer())) {
        if (message instanceof Connect connect) {
          announced(connect);
        } else {
          TunnelLog.heard(plan.id(), message);
        }
      }
    } catch (ProtocolViolation e) {
      end("the client's " + e.getMessage());
    }
  }

  private void announced(Connect connect) throws ProtocolViolation {
    boolean twin = connect instanceof ControlMessage.ConnectTwin;
    if (!twin && keys.level() != Level.L0) {
      connect.close();
      throw new ProtocolViolation(
          "control message: a connection without a key for each direction, in a session of level "
              + keys.level());
    }
    if (connect instanceof ControlMessage.ConnectClear) {
      throw new ProtocolViolation("control message: a connection without encryption");
    }
    if (waiting.size() >= exit.mostConnections()) {
      // Each has its place in the relay's order, so none can be left out; memory has an end.
      connect.close();
      throw new ProtocolViolation(
          "control message: more connections than "
              + exit.mostConnections()
              + " wait to be made (maxConnectionsPerSession)");
    }
    waiting.add(connect);
    next();
  }

  private void next() {
    if (!busy && !waiting.isEmpty() && !isOver()) {
      busy = true;
      connectionBegun();
      dialRelay(waiting.remove(), 1);
    }
  }

  private void dialRelay(Connect connect, int attempt) {
    plan.leg()
        .dial()
        .whenComplete(
            (stream, failure) ->
                onLoop(
                    () -> {
                      if (failure == null) {
                        joined(connect, stream);
                      } else {
                        notJoined(connect, attempt, failure);
                      }
                    },
                    () -> {
                      connect.close();
                      Optional.ofNullable(stream).ifPresent(ByteStream::close);
                    }));
  }

  private void notJoined(Connect connect, int attempt, Throwable failure) {
    boolean again = attempt < RELAY_ATTEMPTS && !Failures.shiftsTheOrder(failure);
    if (again && !isOver()) {
      loop().schedule(() -> dialRelay(connect, attempt + 1), 1, TimeUnit.SECONDS);
      return;
    }
    connect.close();
    connectionClosed();
    // The client's socket waits at the relay; any later one of ours would be paired with it.
    end("the relay could not be joined: " + Failures.cause(failure).getMessage());
  }

  private void joined(Connect connect, ByteStream stream) {
    ChannelStream.channelOf(stream, loops.next())
        .whenComplete(
            (relay, failure) -> {
              if (failure == null) {
                relay.eventLoop().execute(() -> take(connect, relay));
              } else {
                connectionClosed();
                connect.close();
              }
            });
    busy = false;
    next();
  }

  /** On the connection's own loop. */
  private void take(Connect connect, Channel relay) {
    connected(relay);
    if (meter.open() > exit.mostConnections()) {
      TunnelLog.refused(plan.id(), "the session has too many connections");
      Closing.reset(relay);
      connect.close();
      return;
    }
    try (connect) {
      var directions = Directions.ofConnection(keys.cipher(), connect, false);
      TunnelPipeline.seal(relay, directions, meter);
      directions.confirm(keys.cipher());
      exit.open(target, relay);
    } catch (CipherUnavailable e) {
      exit.cipherMissing(e.getMessage());
      Closing.reset(relay);
    }
  }
}
