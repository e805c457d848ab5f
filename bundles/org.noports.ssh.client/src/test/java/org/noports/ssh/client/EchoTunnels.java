package org.noports.ssh.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.noports.api.NoPortsException;
import org.noports.api.SessionId;
import org.noports.api.Target;
import org.noports.api.relay.RelaySide;
import org.noports.api.session.HandshakeListener;
import org.noports.api.session.SessionFacts;
import org.noports.api.session.TunnelRequest;
import org.noports.api.session.TunnelSession;
import org.noports.api.session.Tunnels;
import org.noports.api.ssh.SshPublicKey;
import org.noports.api.stream.ByteStream;
import org.noports.api.tunnel.Level;
import org.noports.api.tunnel.SessionEnd;

/** Sessions at whose far end everything is sent back. */
final class EchoTunnels implements Tunnels {
  final List<Session> opened = new CopyOnWriteArrayList<>();
  Level level = Level.L3;
  Supplier<ByteStream> stream = EchoStream::new;
  List<SshPublicKey> hostKeys = List.of();

  @Override
  public CompletionStage<TunnelSession> open(TunnelRequest request, HandshakeListener listener) {
    Session session = new Session(request, new SessionId(new UUID(7, opened.size())));
    opened.add(session);
    return CompletableFuture.completedFuture(session);
  }

  final class Session implements TunnelSession {
    private final TunnelRequest request;
    private final SessionId id;
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    volatile NoPortsException broken;

    private Session(TunnelRequest request, SessionId id) {
      this.request = request;
      this.id = id;
    }

    @Override
    public SessionFacts facts() {
      return new SessionFacts(
          id,
          RelaySide.CLIENT,
          request.from(),
          request.device(),
          request.target(),
          Optional.of(request.relay()),
          "relay.example.org:1",
          level,
          Optional.empty(),
          Optional.empty(),
          Instant.EPOCH,
          0,
          "open",
          new SessionEnd.Traffic(0, 0, 0, 0));
    }

    @Override
    public CompletionStage<ByteStream> connect() {
      return broken == null
          ? CompletableFuture.completedFuture(stream.get())
          : CompletableFuture.failedFuture(broken);
    }

    @Override
    public CompletionStage<ByteStream> connect(Target target) {
      return connect();
    }

    @Override
    public List<SshPublicKey> sshHostKeys() {
      return hostKeys;
    }

    @Override
    public CompletionStage<String> ended() {
      return ended;
    }

    @Override
    public void close() {
      ended.complete("ended here");
    }
  }

  /** Gives back what it is given. */
  static class EchoStream implements ByteStream {
    private final Queue<byte[]> waiting = new ArrayDeque<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private Optional<Runnable> reader = Optional.empty();
    private boolean ended;

    @Override
    public synchronized CompletionStage<Integer> read(ByteBuffer destination) {
      CompletableFuture<Integer> count = new CompletableFuture<>();
      reader = Optional.of(() -> answer(destination, count));
      serve();
      return count;
    }

    private void answer(ByteBuffer destination, CompletableFuture<Integer> count) {
      byte[] next = waiting.poll();
      if (next != null) {
        destination.put(next);
      }
      count.complete(next == null ? -1 : next.length);
    }

    private void serve() {
      if (reader.isPresent() && (ended || !waiting.isEmpty())) {
        Runnable answer = reader.get();
        reader = Optional.empty();
        answer.run();
      }
    }

    @Override
    public synchronized CompletionStage<Void> write(ByteBuffer source) {
      if (closed.isDone()) {
        return CompletableFuture.failedFuture(new IOException("closed"));
      }
      byte[] bytes = new byte[source.remaining()];
      source.get(bytes);
      waiting.add(bytes);
      serve();
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized CompletionStage<Void> endOutput() {
      ended = true;
      serve();
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {
      closed.complete(null);
    }

    @Override
    public CompletionStage<Void> closed() {
      return closed;
    }
  }
}
