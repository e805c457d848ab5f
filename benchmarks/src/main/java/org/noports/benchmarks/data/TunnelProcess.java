package org.noports.benchmarks.data;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.DeviceName;
import org.noports.api.HostPort;
import org.noports.api.Secret;
import org.noports.api.SessionId;
import org.noports.api.Target;
import org.noports.api.stream.StreamOrigin;
import org.noports.api.tunnel.LocalAddress;
import org.noports.api.tunnel.Np2Keys;
import org.noports.api.tunnel.RelayLeg;
import org.noports.api.tunnel.SessionPlan;
import org.noports.api.tunnel.Suite;
import org.noports.api.tunnel.SuiteAlgorithms;
import org.noports.api.tunnel.Suites;
import org.noports.cipher.modern.Aes256Gcm;
import org.noports.cipher.modern.HkdfSha256;
import org.noports.cipher.modern.X25519;
import org.noports.transport.ChannelStream;
import org.noports.transport.EventLoops;
import org.noports.tunnel.RelayedTunnels;

/**
 * One end of an NP2 tunnel as a process without Karaf and without a handshake: its secrets are no
 * secrets, its ciphers are the real ones. {@code client PORT LINE} prints the port where it
 * listens, {@code device PORT LINE TARGETPORT} takes all connections there.
 */
final class TunnelProcess {
  private static final SessionId SESSION = SessionId.of("00000000-0000-4000-8000-000000000000");
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private TunnelProcess() {}

  public static void main(String[] arguments) throws Exception {
    boolean client = arguments[0].equals("client");
    RelayedTunnels tunnels = StartedTunnels.start();
    EventLoops loops = EventLoops.start("relay-leg", 1);
    HostPort relay = new HostPort("127.0.0.1", Integer.parseInt(arguments[1]));
    RelayLeg leg =
        () ->
            loops
                .dial(relay, LIMIT)
                .thenApply(
                    channel -> {
                      String line = arguments[2] + "\n";
                      channel.writeAndFlush(Unpooled.copiedBuffer(line, StandardCharsets.US_ASCII));
                      return ChannelStream.over(channel);
                    });
    SessionPlan plan =
        new SessionPlan(SESSION, leg, keys(client), Duration.ofHours(1), Optional.empty());
    if (client) {
      var end = tunnels.openClientEnd(plan).toCompletableFuture().join();
      var entrance = tunnels.bind(LocalAddress.Port.loopback(0)).toCompletableFuture().join();
      entrance.serve(end);
      System.out.println("entrance " + ((LocalAddress.Port) entrance.address()).port());
    } else {
      var target = new Target.Tcp(new HostPort("127.0.0.1", Integer.parseInt(arguments[3])));
      var address = new DeviceAddress(AtSign.of("@device"), DeviceName.of("dev1"));
      var origin = new StreamOrigin(AtSign.of("@client"), address, SESSION);
      tunnels.openDeviceEnd(plan, target, origin).toCompletableFuture().join();
      System.out.println("joined");
    }
    new CountDownLatch(1).await();
  }

  private static Np2Keys keys(boolean client) {
    var algorithms =
        new SuiteAlgorithms(
            Suite.X25519_AES_256_GCM, new X25519(), new HkdfSha256(), new Aes256Gcm());
    var suites =
        new Suites() {
          @Override
          public List<Suite> usable() {
            return List.of(algorithms.suite());
          }

          @Override
          public Optional<SuiteAlgorithms> algorithms(Suite suite) {
            return Optional.of(algorithms).filter(known -> known.suite().equals(suite));
          }
        };
    return new Np2Keys(
        client, algorithms, suites, new byte[32], key(1), key(2), key(3), key(4), key(5));
  }

  private static Secret key(int number) {
    byte[] key = new byte[32];
    key[0] = (byte) number;
    return Secret.owning(key);
  }
}
