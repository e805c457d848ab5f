package org.noports.ssh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.UserAuth;
import org.apache.sshd.client.auth.UserAuthFactory;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.noports.api.NoPortsException;
import org.noports.api.PeerUnverified;
import org.noports.api.SessionGone;
import org.noports.api.SessionRefused;
import org.noports.api.ssh.RemoteCommands;
import org.noports.api.ssh.RemoteResult;
import org.noports.api.stream.ByteStream;
import org.noports.ssh.stream.StreamIoFactory;
import org.noports.ssh.stream.StreamPeer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Runs single commands by MINA's client over a stream. */
@Component(service = RemoteCommands.class, immediate = true)
public final class StreamRemoteCommands implements RemoteCommands {
  /** Key exchange and authentication take a few round trips; more than this is a dead peer. */
  private static final Duration LOGIN_LIMIT = Duration.ofSeconds(20);

  /** MINA wants an address; the stream in the connection's context is what is used. */
  private static final InetSocketAddress UNUSED =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 22);

  private final ExecutorService executor =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "noports-ssh-client");
            thread.setDaemon(true);
            return thread;
          });
  private SshClient client;

  @Activate
  public StreamRemoteCommands() {}

  /** MINA's set-up takes a good part of a second of CPU: not at a start that may never need it. */
  private synchronized SshClient client() {
    if (client == null) {
      client = started();
    }
    return client;
  }

  private SshClient started() {
    SshClient client = SshClient.setUpDefaultClient();
    client.setIoServiceFactoryFactory(new StreamIoFactory(executor));
    client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
    client.setHostConfigEntryResolver((host, port, local, user, jump, context) -> null);
    client.setUserAuthFactories(List.<UserAuthFactory>of(new NoneOnly()));
    client.setServerKeyVerifier(StreamRemoteCommands::hostKeyAccepted);
    client.start();
    return client;
  }

  @Override
  public CompletionStage<RemoteResult> run(
      ByteStream stream, String user, String command, String hostKeyFingerprint) {
    CompletableFuture<RemoteResult> result = new CompletableFuture<>();
    StreamAddress server = StreamAddress.expecting(stream, hostKeyFingerprint);
    executor.execute(
        () -> {
          try (ClientSession session = connect(server, user)) {
            result.complete(runIn(session, command));
          } catch (IOException | RuntimeException e) {
            result.completeExceptionally(named(e, user, server));
          } finally {
            stream.close();
          }
        });
    return result;
  }

  private ClientSession connect(StreamAddress server, String user) throws IOException {
    AttributeRepository context = AttributeRepository.ofKeyValuePair(StreamPeer.KEY, server);
    return client().connect(user, UNUSED, context, null).verify(LOGIN_LIMIT).getSession();
  }

  private static boolean hostKeyAccepted(
      ClientSession session, SocketAddress address, PublicKey key) {
    StreamAddress server =
        (StreamAddress) session.getConnectionContext().getAttribute(StreamPeer.KEY);
    return server.accepts(HostKey.fingerprint(key));
  }

  private static RemoteResult runIn(ClientSession session, String command) throws IOException {
    session.auth().verify(LOGIN_LIMIT);
    BoundedOutput output = new BoundedOutput();
    BoundedOutput errors = new BoundedOutput();
    try (ChannelExec channel = session.createExecChannel(command)) {
      channel.setOut(output);
      channel.setErr(errors);
      channel.open().verify(LOGIN_LIMIT);
      channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), 0L);
      Integer status = channel.getExitStatus();
      if (status == null) {
        throw new IOException("the connection ended before the command did");
      }
      return new RemoteResult(status, output.text(), errors.text());
    }
  }

  private static NoPortsException named(Exception cause, String user, StreamAddress server) {
    if (server.wrongHostKey().isPresent()) {
      return new PeerUnverified(
          "The SSH server shows another host key than expected, "
              + server.wrongHostKey().get()
              + ": it is not the server it should be, or somebody stands between; nothing was sent",
          cause);
    }
    if (cause instanceof SshException refused && refused.getDisconnectCode() != 0) {
      return new SessionRefused(
          "The SSH server refuses the user '" + user + "': " + cause.getMessage(), cause);
    }
    return new SessionGone("The SSH session ended early: " + cause.getMessage(), cause);
  }

  @Deactivate
  synchronized void stop() {
    if (client != null) {
      client.close(true);
    }
    executor.shutdown();
  }

  /** Keeps output up to the limit; more is an error, so that a command cannot fill our memory. */
  private static final class BoundedOutput extends ByteArrayOutputStream {
    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      if (size() + length > MAX_OUTPUT_BYTES) {
        throw new IllegalStateException(
            "The command printed more than " + MAX_OUTPUT_BYTES + " bytes");
      }
      super.write(bytes, offset, length);
    }

    private String text() {
      return toString(StandardCharsets.UTF_8);
    }
  }

  /** The method {@code none}: the tunnel's session has already said who we are (RFC 4252 §5.2). */
  private static final class NoneOnly implements UserAuthFactory {
    @Override
    public String getName() {
      return "none";
    }

    @Override
    public UserAuth createUserAuth(ClientSession session) {
      throw new IllegalStateException("MINA asks for 'none' by itself");
    }
  }
}
