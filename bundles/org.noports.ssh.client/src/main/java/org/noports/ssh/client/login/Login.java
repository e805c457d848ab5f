package org.noports.ssh.client.login;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.UserAuthFactory;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.compression.BuiltinCompressions;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.noports.api.NoPortsException;
import org.noports.api.SessionGone;
import org.noports.api.SessionRefused;
import org.noports.api.door.RawCall;
import org.noports.api.ssh.SshPublicKey;
import org.noports.api.stream.ByteStream;
import org.noports.ssh.client.hosts.KnownHosts;
import org.noports.ssh.client.words.LoginRequest;
import org.noports.ssh.stream.StreamIoFactory;
import org.noports.ssh.stream.StreamPeer;

/** One person, logged in over one stream, until closed. */
public final class Login implements AutoCloseable {
  /** Key exchange takes a few round trips; more than this is a dead peer. */
  private static final Duration GREETING_LIMIT = Duration.ofSeconds(30);

  /** As long as sshd lets somebody think about a password, by default. */
  private static final Duration LOGIN_LIMIT = Duration.ofMinutes(2);

  private static final Duration WITHOUT_END = Duration.ofDays(365);

  /** MINA wants an address; the stream in the connection's context is what is used. */
  private static final InetSocketAddress UNUSED =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 22);

  private final SshClient client = SshClient.setUpDefaultClient();
  private final LoginRequest asked;
  private final Talk talk;
  private final HostKeyCheck hostKey;
  private ClientSession session;

  /**
   * Where a login finds what it needs.
   *
   * @param places the caller's
   * @param knownHosts where this instance keeps host keys
   * @param signed the host keys that the device has signed for
   * @param sessionAgent the socket of an agent with the session's own key, if it has one
   * @param threads work on what arrives, and may block
   * @param agreed is told the key exchange that both ends agreed to
   * @param agentGoesAlong whether the far side may ask the caller's agent
   */
  public record Surroundings(
      Places places,
      Path knownHosts,
      List<SshPublicKey> signed,
      Optional<Path> sessionAgent,
      Executor threads,
      Consumer<String> agreed,
      boolean agentGoesAlong) {}

  private Login(LoginRequest asked, RawCall call, Surroundings here, Talk talk) {
    this.asked = asked;
    this.talk = talk;
    Path file = asked.knownHosts().map(here.places()::file).orElse(here.knownHosts());
    hostKey = new HostKeyCheck(new KnownHosts(file), asked, here.signed(), talk);
    PersonAnswers answers = new PersonAnswers(call.terminal(), asked, talk);
    client.setIoServiceFactoryFactory(new StreamIoFactory(here.threads()));
    client.setHostConfigEntryResolver((host, port, local, user, jump, context) -> null);
    client.setServerKeyVerifier(hostKey);
    client.setKeyIdentityProvider(new PersonsKeys(asked, here.places(), answers, talk));
    client.setFilePasswordProvider(answers);
    client.setUserInteraction(answers);
    client.setUserAuthFactories(methods());
    // What the far side opens is what was asked of it with -R; MINA looks that up.
    client.setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);
    client.addSessionListener(new Exchanged(here.agreed(), talk));
    client.setAgentFactory(agent(call.agent().filter(this::answers), here));
    if (asked.compress()) {
      client.setCompressionFactories(
          List.of(BuiltinCompressions.delayedZlib, BuiltinCompressions.zlib));
    }
    limits();
  }

  private void limits() {
    // MINA's ten minutes would end a shell whose person is at lunch; the tunnel knows who is gone.
    CoreModuleProperties.IDLE_TIMEOUT.set(client, Duration.ZERO);
    CoreModuleProperties.AUTH_TIMEOUT.set(client, LOGIN_LIMIT);
    // A command that does not read what it is sent for half a minute is no fault.
    CoreModuleProperties.WAIT_FOR_SPACE_TIMEOUT.set(client, WITHOUT_END);
    if (!asked.keepAlive().isZero()) {
      CoreModuleProperties.HEARTBEAT_INTERVAL.set(client, asked.keepAlive());
      CoreModuleProperties.HEARTBEAT_REQUEST.set(client, "keepalive@openssh.com");
      CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(client, asked.keepAliveMisses());
    }
  }

  private List<UserAuthFactory> methods() {
    return SshClient.DEFAULT_USER_AUTH_FACTORIES.stream()
        .filter(factory -> asked.methods().contains(factory.getName()))
        .toList();
  }

  private AgentOfCaller agent(Optional<Path> persons, Surroundings here) {
    Optional<Path> forLogin =
        here.sessionAgent().or(() -> persons.filter(socket -> !asked.identitiesOnly()));
    return new AgentOfCaller(forLogin, persons.filter(socket -> here.agentGoesAlong()));
  }

  private boolean answers(Path agent) {
    try {
      AgentSocket.open(agent).close();
      return true;
    } catch (IOException e) {
      talk.step("no SSH agent answers at " + agent + ": " + e.getMessage());
      return false;
    }
  }

  /**
   * Logs in; blocks until that is done.
   *
   * @throws org.noports.api.PeerUnverified if the server shows another host key than it must
   * @throws SessionRefused if it lets nobody in with what there is
   * @throws SessionGone if the stream ends first
   */
  public static Login over(
      ByteStream stream, LoginRequest asked, RawCall call, Surroundings here, Talk talk)
      throws NoPortsException, IOException {
    Login login = new Login(asked, call, here, talk);
    try {
      login.connect(stream);
      return login;
    } catch (NoPortsException e) {
      login.close();
      throw e;
    } catch (IOException | RuntimeException e) {
      login.close();
      if (Thread.currentThread().isInterrupted() || e instanceof InterruptedIOException) {
        throw e;
      }
      throw login.named(e);
    }
  }

  private void connect(ByteStream stream) throws NoPortsException, IOException {
    List<String> known = hostKey.kinds();
    if (!known.isEmpty()) {
      client.setSignatureFactories(knownFirst(known));
    }
    client.start();
    StreamPeer peer = new StreamPeer(stream, asked.toString());
    AttributeRepository context = AttributeRepository.ofKeyValuePair(StreamPeer.KEY, peer);
    String user = asked.user().orElseGet(() -> System.getProperty("user.name"));
    Duration limit = asked.connect().isZero() ? GREETING_LIMIT : asked.connect();
    session = client.connect(user, UNUSED, context, null).verify(limit).getSession();
    session.auth().verify(LOGIN_LIMIT);
    talk.step("logged in as " + user);
  }

  /** A server with several host keys shows the first of our list that it has. */
  private List<NamedFactory<Signature>> knownFirst(List<String> types) {
    List<NamedFactory<Signature>> order = new ArrayList<>(client.getSignatureFactories());
    order.sort(Comparator.comparing(factory -> !types.contains(keyType(factory.getName()))));
    return order;
  }

  private static String keyType(String signature) {
    return signature.startsWith("rsa-sha2-") ? "ssh-rsa" : signature;
  }

  private NoPortsException named(Exception cause) {
    if (hostKey.refusal().isPresent()) {
      return hostKey.refusal().get();
    }
    String said = String.valueOf(cause.getMessage());
    boolean refused =
        cause instanceof SshException && said.contains("authentication methods")
            || said.contains("authentication failures");
    return refused
        ? new SessionRefused(
            asked
                + ": permission denied ("
                + String.join(",", asked.methods().stream().sorted().toList())
                + "): the SSH server takes none of your keys, and no password was right or could be"
                + " asked for",
            cause)
        : new SessionGone(
            "The SSH connection with " + asked.way().device() + " ended early: " + said, cause);
  }

  /** The connection. */
  public ClientSession session() {
    return session;
  }

  @Override
  public void close() {
    client.close(true);
  }
}
