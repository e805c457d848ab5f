package org.noports.testkit.fakes;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.noports.api.HostPort;
import org.noports.api.RelayUnavailable;
import org.noports.api.relay.RelayCredential;
import org.noports.api.relay.RelayTransport;
import org.noports.api.stream.ByteStream;

/** A way to relays that reaches none and remembers who was dialled, and with what. */
public final class FakeRelay implements RelayTransport {
  private final List<Dial> dials = new CopyOnWriteArrayList<>();

  /** One dial. */
  public record Dial(HostPort relay, RelayCredential credential) {}

  public List<Dial> dials() {
    return List.copyOf(dials);
  }

  @Override
  public CompletionStage<ByteStream> dial(HostPort relay, RelayCredential credential) {
    dials.add(new Dial(relay, credential));
    return CompletableFuture.failedFuture(new RelayUnavailable(relay + " is not real"));
  }
}
