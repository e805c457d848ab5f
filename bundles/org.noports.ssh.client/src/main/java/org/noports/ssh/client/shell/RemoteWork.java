package org.noports.ssh.client.shell;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.apache.sshd.client.channel.ClientChannel;
import org.apache.sshd.client.channel.PtyCapableChannelSession;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.channel.PtyChannelConfiguration;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.noports.api.NoPortsException;
import org.noports.api.SessionGone;
import org.noports.api.SessionRefused;
import org.noports.api.Subscription;
import org.noports.api.door.CallerTerminal;
import org.noports.api.door.RawCall;
import org.noports.ssh.client.login.Talk;
import org.noports.ssh.client.words.SshRequest;
import org.noports.ssh.client.words.SshRequest.Pty;
import org.noports.ssh.client.words.SshRequest.Work;

/** Does over one login what somebody asked for, until it ends, and says with which status. */
public final class RemoteWork {
  private static final Duration OPEN_LIMIT = Duration.ofSeconds(30);

  private final ClientSession session;
  private final SshRequest asked;
  private final RawCall call;
  private final ExecutorService threads;
  private final Talk talk;
  private final Optional<CallerTerminal> terminal;

  public RemoteWork(
      ClientSession session, SshRequest asked, RawCall call, ExecutorService threads, Talk talk) {
    this.session = session;
    this.asked = asked;
    this.call = call;
    this.threads = threads;
    this.talk = talk;
    terminal = wantsTerminal() ? call.terminal() : Optional.empty();
  }

  private boolean wantsTerminal() {
    return switch (asked.pty()) {
      case NEVER -> false;
      case USUAL -> asked.work() == Work.SHELL;
      case ASKED, FORCED -> asked.work() == Work.SHELL || asked.work() == Work.COMMAND;
    };
  }

  /** Does it; blocks until it is over. An interrupt ends it. */
  public int run() throws NoPortsException, IOException, InterruptedException {
    new Forwards(session, asked, talk).begin();
    if (asked.work() == Work.NOTHING) {
      return nothing();
    }
    boolean unheard = asked.pty() == Pty.ASKED || asked.work() == Work.SHELL;
    if (wantsTerminal() && terminal.isEmpty() && unheard && asked.pty() != Pty.FORCED) {
      talk.warn("no terminal there, because what is typed here comes from none (-tt forces one)");
    }
    try (ClientChannel channel = channel()) {
      channel.setOut(new Unclosed(call.out()));
      channel.setErr(new Unclosed(call.err()));
      CountDownLatch over = new CountDownLatch(1);
      channel.addCloseFutureListener(closed -> over.countDown());
      open(channel);
      carry(channel, over);
      return status(channel);
    }
  }

  private int nothing() throws InterruptedException, SessionGone {
    CountDownLatch over = new CountDownLatch(1);
    session.addCloseFutureListener(closed -> over.countDown());
    over.await();
    throw gone();
  }

  private SessionGone gone() {
    return new SessionGone(
        "The SSH connection with "
            + asked.login().way().device()
            + " broke before the remote side had ended it");
  }

  private ClientChannel channel() throws IOException {
    String what = asked.what().orElse("");
    return switch (asked.work()) {
      case SUBSYSTEM -> session.createSubsystemChannel(what);
      case PLACE -> session.createDirectTcpipChannel(null, place(what));
      default -> {
        PtyCapableChannelSession channel =
            asked.work() == Work.COMMAND
                ? session.createExecChannel(what, new PtyChannelConfiguration(), Map.of())
                : session.createShellChannel(new PtyChannelConfiguration(), Map.of());
        yield prepared(channel);
      }
    };
  }

  private PtyCapableChannelSession prepared(PtyCapableChannelSession channel) {
    asked.variables().forEach(channel::setEnv);
    channel.setAgentForwarding(asked.agent());
    channel.setUsePty(false);
    if (terminal.isPresent()) {
      TerminalThere.like(terminal.get(), channel);
    } else if (asked.pty() == Pty.FORCED) {
      TerminalThere.usual(channel);
    }
    return channel;
  }

  private static SshdSocketAddress place(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1 || !text.substring(colon + 1).matches("[0-9]{1,5}")) {
      throw new IllegalArgumentException("'-W " + text + "': write HOST:PORT");
    }
    String host = text.substring(0, colon).replaceAll("^\\[(.*)]$", "$1");
    return new SshdSocketAddress(host, Integer.parseInt(text.substring(colon + 1)));
  }

  private void open(ClientChannel channel) throws IOException, SessionRefused {
    try {
      channel.open().verify(OPEN_LIMIT);
    } catch (IOException e) {
      if (!session.isOpen()) {
        throw e;
      }
      String what = asked.work().name().toLowerCase() + asked.what().map(w -> " " + w).orElse("");
      throw new SessionRefused(
          "The SSH server at "
              + asked.login().way().device()
              + " does not give us that ("
              + what
              + "): "
              + e.getMessage(),
          e);
    }
  }

  private void carry(ClientChannel channel, CountDownLatch over)
      throws IOException, InterruptedException {
    Subscription resized = () -> {};
    Subscription raw = () -> {};
    if (terminal.isPresent() && channel instanceof PtyCapableChannelSession shell) {
      CallerTerminal here = terminal.get();
      resized = here.onResize(() -> threads.execute(() -> TerminalThere.resized(here, shell)));
      raw = here.raw();
    }
    Typing typing = new Typing(call, channel, asked, terminal.isPresent(), talk);
    Future<?> sending = threads.submit(typing);
    try (Subscription first = raw;
        Subscription second = resized) {
      over.await();
    } finally {
      sending.cancel(true);
      typing.awaitEnd();
    }
    call.out().flush();
    call.err().flush();
    if (terminal.isPresent()) {
      talk.warn("connection to " + asked.login().way().device() + " closed");
    }
    if (typing.ended()) {
      throw new InterruptedException("ended by the escape key");
    }
  }

  private int status(ClientChannel channel) throws SessionGone, SessionRefused {
    if (asked.work() == Work.PLACE) {
      return 0;
    }
    Integer status = channel.getExitStatus();
    if (status != null) {
      return status;
    }
    String signal = channel.getExitSignal();
    if (signal != null) {
      talk.warn("the remote command was ended by signal " + signal);
      return SIGNALLED;
    }
    if (asked.work() == Work.SUBSYSTEM && session.isOpen()) {
      throw new SessionRefused(
          "The SSH server at "
              + asked.login().way().device()
              + " does not give us the subsystem '"
              + asked.what().orElse("")
              + "'");
    }
    throw gone();
  }

  /** As OpenSSH ends then. */
  private static final int SIGNALLED = 255;
}
