package org.noports.ssh.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.List;
import org.noports.api.NoPortsException;
import org.noports.api.door.ExitCodes;
import org.noports.api.door.RawCall;
import org.noports.api.door.RawService;
import org.noports.ssh.client.login.Talk;
import org.noports.ssh.client.shell.RemoteWork;
import org.noports.ssh.client.words.SshRequest;
import org.noports.ssh.client.words.SshWords;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * {@code noports ssh} where no OpenSSH is, and {@code noports:ssh}: a shell, a command, forwards at
 * a device, by the client that is built in.
 */
@Component(service = RawService.class, immediate = true, property = RawService.NAME + "=ssh")
public final class SshService implements RawService {
  /** What is not the remote command's status, as OpenSSH has it. */
  private static final int OWN_FAILURE = 255;

  private static final String HELP = "/ssh.txt";

  private final Logins logins;

  @Activate
  public SshService(@Reference DeviceConnections connections) {
    this(connections, LoginPlaces.ofThisInstance());
  }

  /** For tests. */
  SshService(DeviceConnections connections, LoginPlaces places) {
    logins = new Logins("noports-ssh-session", connections, places);
  }

  @Deactivate
  void stop() {
    logins.close();
  }

  /** Without a terminal and surroundings there is nothing to stand in for. */
  @Override
  public int serve(List<String> arguments, InputStream in, OutputStream out, OutputStream err) {
    throw new UnsupportedOperationException("Only calls that say where the caller stands");
  }

  @Override
  public int serve(RawCall call) throws IOException, InterruptedException {
    if (call.arguments().contains("--help")) {
      Texts.print(HELP, call.out());
      return ExitCodes.OK;
    }
    try {
      SshRequest asked = SshWords.of(call.arguments());
      Talk talk = new Talk(call.err(), asked.login().quiet(), asked.login().verbose());
      return logins.at(
          asked.login(),
          call,
          talk,
          asked.agent(),
          login -> new RemoteWork(login.session(), asked, call, logins.threads(), talk).run());
    } catch (InterruptedException | InterruptedIOException ended) {
      return OWN_FAILURE;
    } catch (NoPortsException | IllegalArgumentException | IOException e) {
      new Talk(call.err(), false, false).warn(e.getMessage());
      return OWN_FAILURE;
    }
  }
}
