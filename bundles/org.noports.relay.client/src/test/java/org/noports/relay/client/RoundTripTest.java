package org.noports.relay.client;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.noports.api.HostPort;
import org.noports.api.RelayUnavailable;
import org.noports.testkit.Stages;
import org.noports.testkit.fakes.JdkCiphers;

/** How far a relay is, without being let in. */
public class RoundTripTest {
  private static final int NO_HURRY = 30_000;
  private static final int IMPATIENT = 100;

  private final Dialling dialling = Dialers.dialling(new JdkCiphers());
  private final RelayDialer dialer = new RelayDialer(dialling, Dialers.config(NO_HURRY));
  private ScriptedRelay relay;

  @Before
  public void open() throws IOException {
    relay = new ScriptedRelay();
  }

  @After
  public void close() throws IOException {
    dialling.stop();
    relay.close();
  }

  @Test
  public void aRelayIsAsFarAsHalfTheTimeUntilItsFirstWordAndIsToldNothing() {
    CompletableFuture<Long> accepted = new CompletableFuture<>();
    CompletableFuture<Void> held = new CompletableFuture<>();
    CompletableFuture<Void> played =
        relay.next(
            line -> {
              accepted.complete(System.nanoTime());
              held.join();
              line.say("challenge\n");
              assertThat(line.hearAll(), is(""));
            });
    long began = System.nanoTime();
    CompletableFuture<Duration> measured = dialer.roundTrip(relay.address()).toCompletableFuture();
    long reached = Stages.value(accepted);
    long released = System.nanoTime();
    held.complete(null);
    Duration time = Stages.value(measured);
    ScriptedRelay.played(played);
    assertThat(2 * time.toNanos(), lessThan(System.nanoTime() - began));
    assertThat(2 * time.toNanos() + 2, greaterThan(released - reached));
  }

  @Test
  public void whoeverAcceptsAndIsSilentIsNotMeasured() {
    dialer.apply(Dialers.config(IMPATIENT));
    CompletableFuture<Void> played = relay.next(line -> assertThat(line.hearAll(), is("")));
    assertThat(failure(relay.address()), containsString("says nothing"));
    ScriptedRelay.played(played);
  }

  @Test
  public void whoeverHangsUpIsNotMeasured() {
    CompletableFuture<Void> played = relay.next(line -> {});
    assertThat(failure(relay.address()), containsString("hangs up"));
    ScriptedRelay.played(played);
  }

  @Test
  public void aHostThatRefusesIsMeasuredByThat() throws Exception {
    HostPort nobody;
    try (ServerSocket gone = new ServerSocket(0)) {
      nobody = new HostPort("127.0.0.1", gone.getLocalPort());
    }
    long began = System.nanoTime();
    Duration time = Stages.value(dialer.roundTrip(nobody));
    assertThat(time.toNanos(), lessThan(System.nanoTime() - began));
  }

  @Test
  public void aNameThatNobodyHasIsNotMeasured() {
    assertThat(failure(new HostPort("no.such.invalid", 1)), containsString("no.such.invalid"));
  }

  @Test
  public void aMeasurementThatIsCancelledHangsUp() {
    CompletableFuture<Void> accepted = new CompletableFuture<>();
    CompletableFuture<Void> played =
        relay.next(
            line -> {
              accepted.complete(null);
              assertThat(line.hearAll(), is(""));
            });
    CompletableFuture<Duration> measured = dialer.roundTrip(relay.address()).toCompletableFuture();
    Stages.value(accepted);
    measured.cancel(false);
    ScriptedRelay.played(played);
  }

  private String failure(HostPort where) {
    return Stages.failure(RelayUnavailable.class, dialer.roundTrip(where)).getMessage();
  }
}
