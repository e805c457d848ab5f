package org.noports.ssh.client.login;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.agent.SshAgent;
import org.apache.sshd.agent.SshAgentFactory;
import org.apache.sshd.agent.SshAgentServer;
import org.apache.sshd.agent.local.LocalAgentFactory;
import org.apache.sshd.common.FactoryManager;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.common.session.Session;

/**
 * Lets MINA ask an agent for keys to log in with, and the far side one that goes along; they need
 * not be the same.
 *
 * @param forLogin the socket of the one whose keys are tried
 * @param goesAlong the socket of the one that the far side may ask
 */
record AgentOfCaller(Optional<Path> forLogin, Optional<Path> goesAlong) implements SshAgentFactory {
  /** A far side that was not invited finds no such channel. */
  @Override
  public List<ChannelFactory> getChannelForwardingFactories(FactoryManager manager) {
    return goesAlong.isPresent() ? LocalAgentFactory.DEFAULT_FORWARDING_CHANNELS : List.of();
  }

  /** None for logging in is null, as MINA has it. */
  @Override
  public SshAgent createClient(Session session, FactoryManager manager) throws IOException {
    Optional<Path> asked = session.isAuthenticated() ? goesAlong : forLogin;
    return asked.isPresent() ? AgentSocket.open(asked.get()) : null;
  }

  @Override
  public SshAgentServer createServer(ConnectionService service) throws IOException {
    throw new IOException("This is no server");
  }
}
