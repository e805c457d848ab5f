package org.noports.ssh.command;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.PtyMode;
import org.apache.sshd.common.channel.RequestHandler;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.Signal;
import org.apache.sshd.server.channel.ChannelSession;

/**
 * A session channel of ours: takes no more of the client's environment than is allowed, gives a
 * terminal only where there can be one, and says by which signal a command ended if it was the
 * client's.
 */
public final class DeviceChannel extends ChannelSession {
  /** As many as OpenSSH's clients ever send, several times over. */
  private static final int MOST_VARIABLES = 64;

  /** Of all names and values together: a command line's worth. */
  private static final int MOST_ENVIRONMENT_CHARACTERS = 32 * 1024;

  /** A process that a signal ended shows this much more than the signal's number. */
  private static final int SIGNALLED = 128;

  private final Predicate<String> accepts;
  private int variables;
  private int characters;
  private boolean terminal;
  private volatile Optional<Signal> sent = Optional.empty();

  /**
   * @param accepts which variables a client may set
   */
  public DeviceChannel(Predicate<String> accepts) {
    this.accepts = accepts;
  }

  /** Whether the client asked for a terminal and was given one. */
  public boolean hasTerminal() {
    return terminal;
  }

  @Override
  protected RequestHandler.Result handleEnvParsed(String name, String value) throws IOException {
    variables++;
    characters += name.length() + value.length();
    boolean fits =
        variables <= MOST_VARIABLES
            && characters <= MOST_ENVIRONMENT_CHARACTERS
            && name.matches("[A-Za-z_][A-Za-z0-9_]*")
            && value.indexOf('\0') < 0;
    return fits && accepts.test(name)
        ? super.handleEnvParsed(name, value)
        : RequestHandler.Result.ReplyFailure;
  }

  @Override
  protected RequestHandler.Result handlePtyReqParsed(
      String term, int columns, int rows, int width, int height, Map<PtyMode, Integer> modes)
      throws IOException {
    List<String> missing = Tools.missingForTerminals();
    if (!missing.isEmpty() || !term.matches("[A-Za-z0-9._+-]{0,64}")) {
      return RequestHandler.Result.ReplyFailure;
    }
    terminal = true;
    return super.handlePtyReqParsed(term, columns, rows, width, height, modes);
  }

  @Override
  protected RequestHandler.Result handleSignalParsed(String name) throws IOException {
    sent = Optional.ofNullable(Signal.get(name));
    return super.handleSignalParsed(name);
  }

  /**
   * Java does not tell a status of 143 from an end by SIGTERM, so only a signal that the client
   * itself sent is taken for the reason (RFC 4254 6.10).
   */
  @Override
  protected void sendExitStatus(int status) throws IOException {
    Optional<Signal> by = sent.filter(signal -> status == SIGNALLED + signal.getNumeric());
    if (by.isEmpty()) {
      super.sendExitStatus(status);
    } else if (exitStatusSent.compareAndSet(false, true)) {
      Buffer told = getSession().createBuffer(SshConstants.SSH_MSG_CHANNEL_REQUEST, Byte.MAX_VALUE);
      told.putUInt(getRecipient());
      told.putString("exit-signal");
      told.putBoolean(false);
      told.putString(by.get().name());
      told.putBoolean(false);
      told.putString("");
      told.putString("");
      writePacket(told);
    }
  }
}
