package org.noports.ssh.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.noports.api.NoPortsException;
import org.noports.api.door.ExitCodes;
import org.noports.api.door.RawCall;
import org.noports.api.door.RawService;
import org.noports.ssh.client.copy.CopyOver;
import org.noports.ssh.client.login.Talk;
import org.noports.ssh.client.words.CopyRequest;
import org.noports.ssh.client.words.CopyWords;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** {@code noports cp} and {@code noports:cp}: files and folders to a device or from one. */
@Component(service = RawService.class, immediate = true, property = RawService.NAME + "=cp")
public final class CopyService implements RawService {
  private static final String HELP = "/cp.txt";

  private final LoginPlaces places;
  private final Logins logins;

  @Activate
  public CopyService(@Reference DeviceConnections connections) {
    this(connections, LoginPlaces.ofThisInstance());
  }

  /** For tests. */
  CopyService(DeviceConnections connections, LoginPlaces places) {
    this.places = places;
    logins = new Logins("noports-cp", connections, places);
  }

  @Deactivate
  void stop() {
    logins.close();
  }

  /** Without surroundings it is not known whose files are meant. */
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
    Talk talk = new Talk(call.err(), false, false);
    try {
      CopyRequest asked = CopyWords.of(call.arguments());
      talk = new Talk(call.err(), asked.login().quiet(), asked.login().verbose());
      return copy(asked, call, talk).map(ExitCodes::of).orElse(ExitCodes.OK);
    } catch (InterruptedException | InterruptedIOException ended) {
      return ExitCodes.INTERRUPTED;
    } catch (NoPortsException e) {
      talk.say("noports: " + e.getMessage());
      return ExitCodes.of(e);
    } catch (IllegalArgumentException e) {
      talk.say("noports: " + e.getMessage());
      return ExitCodes.USAGE;
    }
  }

  private Optional<NoPortsException> copy(CopyRequest asked, RawCall call, Talk talk)
      throws NoPortsException, IOException, InterruptedException {
    return logins.at(
        asked.login(),
        call,
        talk,
        false,
        login -> CopyOver.run(login.session(), asked, call, places.of(call), talk));
  }
}
