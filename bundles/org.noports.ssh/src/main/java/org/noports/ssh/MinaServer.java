package org.noports.ssh;

import java.io.IOException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.apache.sshd.agent.SshAgent;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.UserAuthNoneFactory;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.channel.ChannelSessionFactory;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.x11.X11ForwardSupport;
import org.noports.api.stream.StreamOrigin;
import org.noports.api.tunnel.StreamGate;
import org.noports.ssh.StreamAddress.Visitor;
import org.noports.ssh.command.DeviceChannel;
import org.noports.ssh.command.Launch;
import org.noports.ssh.command.ProcessCommand;
import org.noports.ssh.files.FilesBelow;
import org.noports.ssh.forward.AgentSockets;
import org.noports.ssh.forward.GatedForwards;
import org.noports.ssh.recording.Recorder;
import org.noports.ssh.recording.Tap;
import org.noports.ssh.stream.StreamIo;
import org.noports.ssh.stream.StreamIoFactory;

/** MINA's server, wired to streams, to the settings of now, and to each visitor's gate. */
final class MinaServer implements AutoCloseable {
  private final SshServer server = SshServer.setUpDefaultServer();
  private final Supplier<SshSettings> settings;
  private final Recorder recorder;
  private final Executor executor;
  private final StreamIoFactory streams;

  private MinaServer(Supplier<SshSettings> settings, Recorder recorder, Executor executor) {
    this.settings = settings;
    this.recorder = recorder;
    this.executor = executor;
    this.streams = new StreamIoFactory(executor);
  }

  static MinaServer start(
      Supplier<SshSettings> settings,
      KeyPair hostKey,
      Recorder recorder,
      BiConsumer<StreamOrigin, String> agreed,
      Executor executor)
      throws IOException {
    MinaServer made = new MinaServer(settings, recorder, executor);
    made.wire();
    made.server.addSessionListener(new KeyExchanges(agreed));
    made.use(hostKey);
    made.server.start();
    return made;
  }

  private void wire() {
    server.setIoServiceFactoryFactory(streams);
    // MINA wants a port to "bind"; StreamIo binds nothing. With 0 it would ask which one was
    // chosen.
    server.setPort(22);
    // MINA's ten minutes would end a shell whose person is at lunch; the tunnel knows who is gone.
    CoreModuleProperties.IDLE_TIMEOUT.set(server, Duration.ZERO);
    server.setUserAuthFactories(List.of(UserAuthNoneFactory.INSTANCE));
    GatedForwards forwards =
        new GatedForwards(
            MinaServer::gate,
            session -> settings.get().x11() && !recorded(session),
            session -> settings.get().agent() && !recorded(session));
    forwards.guard(server, executor);
    server.setChannelFactories(
        List.<ChannelFactory>of(new Channels(), forwards.connections(executor)));
    server.setShellFactory(channel -> command(channel, Optional.empty()));
    server.setCommandFactory((channel, line) -> command(channel, Optional.of(line)));
    FilesBelow files = new FilesBelow(() -> settings.get().sftpRoot(), MinaServer::recorded);
    server.setFileSystemFactory(files);
    server.setSubsystemFactories(List.of(files));
    server.setAgentFactory(new AgentSockets(() -> settings.get().account().name(), executor));
  }

  /** From now on; who is connected stays. */
  void use(KeyPair hostKey) {
    server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
    CoreModuleProperties.MAX_CONCURRENT_CHANNELS.set(server, settings.get().maxChannels());
  }

  StreamIo acceptor() {
    return streams.acceptor();
  }

  private static Optional<Visitor> visitor(Session session) {
    return session.getIoSession().getRemoteAddress() instanceof StreamAddress address
        ? address.visitor()
        : Optional.empty();
  }

  private static StreamGate gate(Session session) {
    return visitor(session).map(Visitor::gate).orElseGet(StreamGate::none);
  }

  /** Windows, the agent and files are not recorded, so whoever has to be gets none of them. */
  private static boolean recorded(Session session) {
    return visitor(session).filter(Visitor::recorded).isPresent();
  }

  private Command command(ChannelSession channel, Optional<String> line) {
    boolean terminal = channel instanceof DeviceChannel ours && ours.hasTerminal();
    return new ProcessCommand(
        new ProcessCommand.Source() {
          @Override
          public Launch launch(Environment environment) {
            return MinaServer.this.launch(channel, line, environment);
          }

          @Override
          public Tap tap(String term, int columns, int rows) throws IOException {
            Optional<Visitor> whom = visitor(channel.getSession()).filter(Visitor::recorded);
            return whom.isPresent()
                ? recorder.begin(whom.get().origin(), line, term, columns, rows)
                : Tap.NONE;
          }
        },
        terminal,
        executor);
  }

  private Launch launch(ChannelSession channel, Optional<String> line, Environment asked) {
    SshSettings now = settings.get();
    Map<String, String> variables = new HashMap<>();
    List<String> ofOurs =
        List.of(
            Environment.ENV_TERM, X11ForwardSupport.ENV_DISPLAY, SshAgent.SSH_AUTHSOCKET_ENV_NAME);
    asked
        .getEnv()
        .forEach(
            (name, value) -> {
              if (ofOurs.contains(name) || now.accepts(name)) {
                variables.put(name, value);
              }
            });
    visitor(channel.getSession())
        .ifPresent(
            visitor -> variables.put("NOPORTS_CLIENT", visitor.origin().client().toString()));
    return new Launch(now.account(), now.shell(), line, variables);
  }

  @Override
  public void close() {
    server.close(true);
  }

  /** Hears which key exchange each connection begins with. */
  private record KeyExchanges(BiConsumer<StreamOrigin, String> agreed) implements SessionListener {
    private static final AttributeKey<Boolean> TOLD = new AttributeKey<>();

    @Override
    public void sessionEvent(Session session, Event event) {
      String exchange = session.getNegotiatedKexParameter(KexProposalOption.ALGORITHMS);
      if (event == Event.KexCompleted
          && exchange != null
          && session.setAttribute(TOLD, Boolean.TRUE) == null) {
        visitor(session).ifPresent(who -> agreed.accept(who.origin(), exchange));
      }
    }
  }

  /** Session channels of ours in place of MINA's. */
  private final class Channels extends ChannelSessionFactory {
    @Override
    public Channel createChannel(Session session) {
      return new DeviceChannel(name -> settings.get().accepts(name));
    }
  }
}
