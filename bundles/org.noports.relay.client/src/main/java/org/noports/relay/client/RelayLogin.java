package org.noports.relay.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.noports.api.HostPort;
import org.noports.api.NoPortsException;
import org.noports.api.RelayUnavailable;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.relay.OtherSide;
import org.noports.api.relay.RelayCredential;
import org.noports.api.stream.ByteStream;
import org.noports.transport.ChannelStream;

/**
 * One attempt to be let in at a relay's port. It ends in a stream, in a {@link NoPortsException} or
 * in cancellation; in the last two cases what was dialled is closed.
 */
final class RelayLogin {
  private final HostPort relay;
  private final RelayCredential credential;
  private final Supplier<Optional<CipherCatalogue>> catalogue;
  private final long deadline;
  private volatile boolean shown;
  private final CompletableFuture<ByteStream> result = new CompletableFuture<>();

  RelayLogin(
      HostPort relay,
      RelayCredential credential,
      Duration timeout,
      Supplier<Optional<CipherCatalogue>> catalogue) {
    this.relay = relay;
    this.credential = credential;
    this.catalogue = catalogue;
    this.deadline = System.nanoTime() + timeout.toNanos();
  }

  /** Goes on as soon as {@code dialled} is there. */
  CompletableFuture<ByteStream> start(CompletableFuture<Channel> dialled) {
    result.whenComplete(
        (stream, failure) -> {
          if (failure != null) {
            dialled.cancel(false);
          }
        });
    dialled.whenComplete(
        (channel, failure) -> {
          if (failure == null) {
            connected(channel);
          } else {
            fail(
                new RelayUnavailable(
                    "Relay "
                        + relay
                        + " cannot be reached: "
                        + failure.getMessage()
                        + "; check that it runs and that a firewall lets us out to it",
                    failure));
          }
        });
    return result;
  }

  private void connected(Channel channel) {
    result.whenComplete(
        (stream, failure) -> {
          if (failure != null) {
            channel.close();
          }
        });
    if (credential instanceof RelayCredential.SignedLine line) {
      byte[] bytes = (line.envelope() + "\n").getBytes(UTF_8);
      channel
          .writeAndFlush(Unpooled.wrappedBuffer(bytes))
          .addListener(written -> lineWritten(channel, written.cause()));
    } else if (credential instanceof RelayCredential.ChallengeResponse answer) {
      long left = Math.max(1, deadline - System.nanoTime());
      var alarm = channel.eventLoop().schedule(this::tooLate, left, TimeUnit.NANOSECONDS);
      result.whenComplete((stream, failure) -> alarm.cancel(false));
      channel.pipeline().addLast(new ChallengeHandler(this, answer, catalogue));
      channel.read();
    }
  }

  /** Nothing comes back for a signed line: a relay that does not believe it hangs up later. */
  private void lineWritten(Channel channel, Throwable failure) {
    if (failure == null) {
      admitted(channel);
    } else {
      lost(failure.getMessage());
    }
  }

  private void tooLate() {
    giveUp(
        "Relay "
            + relay
            + " did not finish the authentication in time; it may be overloaded, or have no way to"
            + " fetch our public key");
  }

  /** The relay gets all that it needs to let us in: from now on it may have done so. */
  void shown() {
    shown = true;
  }

  private void giveUp(String message) {
    fail(shown ? RelayUnavailable.undecided(message) : new RelayUnavailable(message));
  }

  /** The relay has let us in; the channel's pipeline holds nothing that reads. */
  void admitted(Channel channel) {
    RelayClientLog.admitted(relay);
    ChannelStream stream = ChannelStream.over(channel);
    if (!result.complete(stream)) {
      stream.close();
    }
  }

  /** The relay has let us in, and tells nothing of the other side to one who wants to know. */
  void untold(Channel channel, OtherSide other) {
    other
        .untold()
        .whenComplete(
            (done, failure) -> {
              if (failure == null) {
                channel.eventLoop().execute(() -> admitted(channel));
              } else {
                result.completeExceptionally(failure);
              }
            });
  }

  /** The connection broke while we authenticated. */
  void lost(String reason) {
    giveUp("Relay " + relay + " hung up before it had let us in: " + reason);
  }

  /** The relay said what no relay says, or did not believe us. */
  void refused(String reason) {
    fail(
        new RelayUnavailable(
            "Relay "
                + relay
                + " did not let us in: "
                + reason
                + "; the session may be over, or the relay may not know our key"));
  }

  void fail(NoPortsException failure) {
    result.completeExceptionally(failure);
  }
}
