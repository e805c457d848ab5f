package org.noports.tunnel;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Test;
import org.noports.api.stream.ByteStream;
import org.noports.api.tunnel.Entrance;
import org.noports.api.tunnel.RelayLeg;

/** A tunnel that is stopped while a relay is still being dialled for one of its connections. */
public class StoppedTest {
  @Test
  public void theClientsEndHangsUpOnARelayThatAnswersTooLate() throws Exception {
    try (World world = new World()) {
      world.openDevice(world.target());
      SlowLeg leg = new SlowLeg(world.relay.clientLeg());
      world.clientEnd =
          World.get(world.client.openClientEnd(world.plan(leg, world.clientCipher, 1)));
      Entrance entrance = world.entrance();
      try (Socket application = World.connect(entrance)) {
        leg.hangsUpOn(world.client);
      }
    }
  }

  @Test
  public void theDevicesEndHangsUpOnARelayThatAnswersTooLate() throws Exception {
    try (World world = new World()) {
      SlowLeg leg = new SlowLeg(world.relay.deviceLeg());
      var plan = world.plan(leg, world.deviceCipher, 1);
      world.deviceEnd = World.get(world.device.openDeviceEnd(plan, world.target(), world.origin()));
      world.openClient(1);
      Entrance entrance = world.entrance();
      try (Socket application = World.connect(entrance)) {
        leg.hangsUpOn(world.device);
      }
    }
  }

  /** Dials at once for the session, and for a connection only when it is told to. */
  private static final class SlowLeg implements RelayLeg {
    private final RelayLeg dials;
    private final AtomicInteger dialled = new AtomicInteger();
    private final BlockingQueue<CompletableFuture<ByteStream>> late = new LinkedBlockingQueue<>();

    SlowLeg(RelayLeg dials) {
      this.dials = dials;
    }

    @Override
    public CompletionStage<ByteStream> dial() {
      if (dialled.getAndIncrement() == 0) {
        return dials.dial();
      }
      CompletableFuture<ByteStream> answer = new CompletableFuture<>();
      late.add(answer);
      return answer;
    }

    void hangsUpOn(RelayedTunnels stopping) throws Exception {
      CompletableFuture<ByteStream> answer = late.poll(60, TimeUnit.SECONDS);
      stopping.deactivate();
      ByteStream stream = World.get(dials.dial());
      answer.complete(stream);
      World.get(stream.closed());
      assertThat(stream.closed().toCompletableFuture().isDone(), is(true));
    }
  }
}
