package org.noports.ssh.forward;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.apache.sshd.agent.SshAgent;
import org.apache.sshd.agent.SshAgentFactory;
import org.apache.sshd.agent.SshAgentServer;
import org.apache.sshd.common.FactoryManager;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.common.session.Session;

/**
 * Makes the sockets at which commands reach the client's agent: each in a folder of its own that
 * only the account may enter, for as long as the connection lasts.
 */
public final class AgentSockets implements SshAgentFactory {
  private final Supplier<String> account;
  private final Executor executor;

  /**
   * @param account who may use them
   * @param executor runs what blocks
   */
  public AgentSockets(Supplier<String> account, Executor executor) {
    this.account = account;
    this.executor = executor;
  }

  @Override
  public List<ChannelFactory> getChannelForwardingFactories(FactoryManager manager) {
    return List.of();
  }

  @Override
  public SshAgent createClient(Session session, FactoryManager manager) throws IOException {
    throw new IOException("This is a server: it has no agent of its own");
  }

  @Override
  public SshAgentServer createServer(ConnectionService service) throws IOException {
    Path folder =
        Files.createTempDirectory(
            "noports-agent",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path socket = folder.resolve("agent");
    ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      listener.bind(UnixDomainSocketAddress.of(socket));
      give(socket);
      give(folder);
    } catch (IOException e) {
      listener.close();
      Files.deleteIfExists(socket);
      Files.deleteIfExists(folder);
      throw e;
    }
    Listening agent = new Listening(listener, socket);
    executor.execute(() -> agent.accept(service));
    return agent;
  }

  private void give(Path file) throws IOException {
    UserPrincipal owner =
        file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(account.get());
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (!view.getOwner().equals(owner)) {
      view.setOwner(owner);
    }
  }

  /** One connection's socket. */
  private final class Listening implements SshAgentServer {
    private final ServerSocketChannel listener;
    private final Path socket;

    private Listening(ServerSocketChannel listener, Path socket) {
      this.listener = listener;
      this.socket = socket;
    }

    private void accept(ConnectionService service) {
      try {
        while (true) {
          new AgentChannel(listener.accept(), executor).open(service);
        }
      } catch (IOException e) {
        // Closed with its connection.
        return;
      }
    }

    @Override
    public String getId() {
      return socket.toString();
    }

    @Override
    public boolean isOpen() {
      return listener.isOpen();
    }

    @Override
    public void close() throws IOException {
      listener.close();
      Files.deleteIfExists(socket);
      Files.deleteIfExists(socket.getParent());
    }
  }
}
