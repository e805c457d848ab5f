package org.noports.ssh;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Map;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ChannelShell;
import org.apache.sshd.client.channel.ClientChannel;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.api.tunnel.StreamGate;

/** People at a terminal, and commands without one. */
public class TerminalTest {
  private static final int CTRL_C = 3;

  @Rule public final TemporaryFolder folder = new TemporaryFolder();
  private BuiltInSshServer server;
  private OverStreams client;
  private ClientSession session;
  private final Screen screen = new Screen();

  @Before
  public void connect() throws Exception {
    server = new BuiltInSshServer();
    String hostKey = folder.getRoot().toPath().resolve("host-key").toString();
    server.configure(TestConfiguration.of(Map.of("hostKey", hostKey)));
    client = new OverStreams(RejectAllForwardingFilter.INSTANCE);
    session = client.connect(server, StreamGate.none());
  }

  @After
  public void disconnect() {
    client.close();
    server.stop();
  }

  @Test
  public void aShellHasATerminalOfTheClientsSizeAndHearsOfANewOne() throws Exception {
    try (ChannelShell shell = shell()) {
      type(shell, "echo it is $(stty size)");
      screen.awaitText("it is 33 101");
      shell.sendWindowChange(120, 40);
      // The terminal tells the size; the shell may be asked as soon as the kernel was told.
      type(shell, "while [ \"$(stty size)\" != '40 120' ]; do :; done; echo now $(stty size)");
      screen.awaitText("now 40 120");
      type(shell, "exit 5");
      assertThat(status(shell), equalTo(5));
    }
  }

  @Test
  public void aProgramInTheForegroundHearsOfANewSizeBySigwinch() throws Exception {
    try (ChannelShell shell = shell()) {
      type(shell, "sh -c 'trap \"echo win\"ch WINCH; echo rea\"dy\"; while :; do read x; done'");
      screen.awaitText("ready");
      shell.sendWindowChange(90, 30);
      screen.awaitText("winch");
    }
  }

  @Test
  public void controlCInterruptsTheForegroundAndNotTheShell() throws Exception {
    try (ChannelShell shell = shell()) {
      // One job: between two the shell itself would be interrupted.
      type(shell, "sh -c 'echo go\"es\"; exec sleep 1000'");
      screen.awaitText("goes");
      shell.getInvertedIn().write(CTRL_C);
      shell.getInvertedIn().flush();
      type(shell, "echo ended by $?; exit");
      screen.awaitText("ended by 130");
      status(shell);
    }
  }

  @Test
  public void aSignalOfTheClientEndsACommandAndIsNamedAsTheReason() throws Exception {
    try (ChannelExec command = session.createExecChannel("echo runs; exec sleep 1000")) {
      command.setOut(screen);
      command.open().verify(OverStreams.LIMIT);
      screen.awaitText("runs");
      signal(command, "TERM");
      command.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), OverStreams.LIMIT);
      assertThat(command.getExitSignal(), equalTo("TERM"));
    }
  }

  @Test
  public void aCommandsOwnStatusAboveTheSignalsStaysAStatus() throws Exception {
    try (ChannelExec command = session.createExecChannel("exit 143")) {
      command.open().verify(OverStreams.LIMIT);
      assertThat(status(command), equalTo(143));
    }
  }

  @Test
  public void aCommandOnATerminalHasItsStatus() throws Exception {
    try (ChannelExec command = session.createExecChannel("tty; exit 9")) {
      command.setUsePty(true);
      command.setOut(screen);
      command.open().verify(OverStreams.LIMIT);
      assertThat(status(command), equalTo(9));
    }
    screen.awaitText("/dev/");
  }

  @Test
  public void aCommandReadsInputToItsEnd() throws Exception {
    try (ChannelExec command = session.createExecChannel("wc -c")) {
      command.setOut(screen);
      command.open().verify(OverStreams.LIMIT);
      try (OutputStream in = command.getInvertedIn()) {
        in.write(new byte[300_000]);
      }
      assertThat(status(command), equalTo(0));
    }
    screen.awaitText("300000");
  }

  @Test
  public void onlyAcceptedVariablesOfTheClientReachACommand() throws Exception {
    try (ChannelExec command =
        session.createExecChannel("echo $LC_ALL-$LD_PRELOAD-$BASH_ENV-$NOPORTS_CLIENT")) {
      command.setEnv("LC_ALL", "C");
      command.setEnv("LD_PRELOAD", "evil.so");
      command.setEnv("BASH_ENV", "evil.sh");
      command.setOut(screen);
      command.open().verify(OverStreams.LIMIT);
      assertThat(status(command), equalTo(0));
    }
    assertThat(screen.text(), equalTo("C---@alice\n"));
  }

  @Test
  public void aCommandsErrorsAreApartFromItsOutput() throws Exception {
    Screen errors = new Screen();
    try (ChannelExec command = session.createExecChannel("echo out; echo err >&2")) {
      command.setOut(screen);
      command.setErr(errors);
      command.open().verify(OverStreams.LIMIT);
      status(command);
    }
    assertThat(screen.text(), equalTo("out\n"));
    assertThat(errors.text(), containsString("err"));
  }

  private ChannelShell shell() throws Exception {
    ChannelShell shell = session.createShellChannel();
    shell.setPtyColumns(101);
    shell.setPtyLines(33);
    shell.setOut(screen);
    shell.open().verify(OverStreams.LIMIT);
    return shell;
  }

  private static void type(ClientChannel channel, String line) throws Exception {
    OutputStream keys = channel.getInvertedIn();
    keys.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    keys.flush();
  }

  private static Integer status(ClientChannel channel) {
    channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), OverStreams.LIMIT);
    return channel.getExitStatus();
  }

  private static void signal(ChannelExec command, String name) throws Exception {
    var told =
        command
            .getSession()
            .createBuffer(org.apache.sshd.common.SshConstants.SSH_MSG_CHANNEL_REQUEST);
    told.putUInt(command.getRecipient());
    told.putString("signal");
    told.putBoolean(false);
    told.putString(name);
    command.writePacket(told);
  }
}
