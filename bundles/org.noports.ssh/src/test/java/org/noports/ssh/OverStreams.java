package org.noports.ssh;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.server.forward.ForwardingFilter;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.DeviceName;
import org.noports.api.SessionId;
import org.noports.api.stream.StreamOrigin;
import org.noports.api.tunnel.StreamGate;
import org.noports.ssh.stream.StreamIoFactory;
import org.noports.testkit.fakes.PipedStream;

/** MINA's client, joined to a server of ours by streams in memory. */
final class OverStreams implements AutoCloseable {
  static final Duration LIMIT = Duration.ofSeconds(30);
  static final StreamOrigin ALICE =
      new StreamOrigin(
          AtSign.of("@alice"),
          new DeviceAddress(AtSign.of("@device"), DeviceName.of("dev1")),
          SessionId.random());

  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final SshClient client = SshClient.setUpDefaultClient();

  OverStreams(ForwardingFilter forwards) {
    client.setIoServiceFactoryFactory(new StreamIoFactory(executor));
    client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
    client.setHostConfigEntryResolver((host, port, local, user, jump, context) -> null);
    client.setServerKeyVerifier((session, address, key) -> true);
    client.setForwardingFilter(forwards);
    client.start();
  }

  /** A connection of Alice's that passed the gate. */
  ClientSession connect(BuiltInSshServer server, StreamGate gate) throws Exception {
    PipedStream[] pair = PipedStream.pair();
    server.accept(pair[1], ALICE, gate);
    AttributeRepository context =
        AttributeRepository.ofKeyValuePair(
            StreamAddress.KEY, StreamAddress.expecting(pair[0], "any"));
    InetSocketAddress unused = new InetSocketAddress(InetAddress.getLoopbackAddress(), 22);
    ClientSession session =
        client.connect("anybody", unused, context, null).verify(LIMIT).getSession();
    session.auth().verify(LIMIT);
    return session;
  }

  @Override
  public void close() {
    client.close(true);
    executor.shutdownNow();
  }
}
