package org.noports.tunnel;

import io.netty.channel.Channel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.noports.api.stream.StreamOrigin;
import org.noports.api.tunnel.StreamGate;
import org.noports.api.tunnel.StreamRequest;
import org.noports.transport.Closing;

/** What one session's gate has admitted and that still runs: asked for again when rules change. */
final class StandingStreams {
  private final StreamGate gate;
  private final StreamOrigin origin;
  private final Map<Channel, Standing> open = new ConcurrentHashMap<>();
  private final AtomicInteger reviews = new AtomicInteger();

  private record Standing(StreamRequest request, StreamGate.Admitted admitted) {}

  StandingStreams(StreamGate gate, StreamOrigin origin) {
    this.gate = gate;
    this.origin = origin;
  }

  /** How often all were asked for; to be noted before something is admitted. */
  int reviews() {
    return reviews.get();
  }

  /**
   * One more, until its channel is closed.
   *
   * @param begun {@link #reviews} when it was asked for
   */
  void add(Channel stream, StreamRequest request, StreamGate.Admitted admitted, int begun) {
    Standing standing = new Standing(request, admitted);
    open.put(stream, standing);
    stream.closeFuture().addListener(f -> open.remove(stream));
    if (begun != reviews.get()) {
      // It was decided on by rules that are no more.
      review(stream, standing);
    }
  }

  /** Ends what was permitted and is not any more. */
  void review() {
    reviews.incrementAndGet();
    open.forEach(this::review);
  }

  private void review(Channel stream, Standing standing) {
    gate.again(standing.request(), standing.admitted().addresses())
        .thenAccept(
            answer -> {
              if (answer instanceof StreamGate.Refused no && open.containsKey(stream)) {
                TunnelLog.refused(origin.session(), no.reason());
                stream.eventLoop().execute(() -> Closing.reset(stream));
              }
            });
  }
}
