package org.noports.shell;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.noports.api.AtSign;
import org.noports.api.NoPortsException;
import org.noports.api.identity.Fingerprint;
import org.noports.api.session.HandshakeListener;
import org.noports.api.session.SessionFacts;
import org.noports.api.session.TunnelRequest;
import org.noports.api.session.TunnelSession;
import org.noports.api.session.Tunnels;

/** {@code noports:connect}: the control path starts here; what follows is {@code OpenTunnel}. */
@Service
@Command(
    scope = "noports",
    name = "connect",
    description = "Opens a tunnel to a service that a device can reach",
    detailedDescription = "classpath:connect.txt")
public final class ConnectCommand extends NoPortsAction {
  /** A session that its user ends: as long as NoPorts peers understand. */
  private static final Duration UNTIL_ENDED = Duration.ofDays(365);

  @Argument(
      name = "device",
      required = true,
      description = "@device, or dev1@device",
      multiValued = true)
  @Completion(AtSignCompleter.class)
  private List<String> words = List.of();

  @Option(name = "--name", aliases = "-d", description = "Device name, unless written dev1@device")
  private String name;

  @Option(
      name = "--to",
      description =
          "What to reach: host:port or service:NAME, as the device sees it; localhost:22 unless"
              + " said otherwise")
  private String to;

  @Option(
      name = "--local",
      aliases = {"-l", "-L"},
      multiValued = true,
      description = "Port, host:port or socket path to listen on; with :HOST:PORT to go there")
  private List<String> local = List.of();

  @Option(
      name = "--remote",
      aliases = "-R",
      multiValued = true,
      description =
          "[HOST:]PORT:HOST:PORT: the device listens, and its connections go on from here")
  private List<String> remote = List.of();

  @Option(
      name = "--socks",
      aliases = "-D",
      multiValued = true,
      description = "Port or host:port to listen on for SOCKS5, which names the target itself")
  private List<String> socks = List.of();

  @Option(
      name = "--udp",
      aliases = "-U",
      multiValued = true,
      description = "PORT:HOST:PORT: datagrams to the port here go there from the device on")
  private List<String> udp = List.of();

  @Option(
      name = "--relay",
      aliases = "-r",
      description = "The relay's atSign; without it the configured one, or the nearest of several")
  @Completion(RelayCompleter.class)
  private String relay;

  @Option(name = "--from", aliases = "-f", description = "Your atSign")
  @Completion(AtSignCompleter.class)
  private String from;

  @Option(name = "--keep", aliases = "-K", description = "Replace a lost session by a new one")
  private boolean keep;

  @Option(
      name = "--background",
      aliases = "-b",
      description = "Return when ready; noports:disconnect ends it")
  private boolean background;

  @Option(
      name = "--grace",
      description = "End after so many seconds without any connection; 0 for never")
  private int graceSeconds;

  @Option(
      name = "--expect",
      description = "The device's fingerprint, as noports:keys-show prints it there")
  private String expect;

  @Option(name = "--json", description = "Print the session's facts as JSON when it is ready")
  private boolean json;

  @Option(
      name = "--verbose",
      aliases = "-v",
      description = "Print each step and its duration on stderr")
  private boolean verbose;

  @Override
  protected void run() throws NoPortsException, InterruptedException {
    String device = only("device", words);
    TunnelRequest request = request(device);
    Tunnels tunnels = here().require(Tunnels.class, "noports-client");
    TunnelSession session = open(tunnels, request);
    here().find(CallersSessions.class).ifPresent(callers -> callers.opened(session, session()));
    print(session.facts());
    if (background) {
      return;
    }
    try {
      String why = Outcome.of(session.ended());
      if (session.failure().isPresent()) {
        throw session.failure().get();
      }
      err().println("noports: " + why);
    } finally {
      session.close();
    }
  }

  private TunnelRequest request(String device) throws NoPortsException {
    ForwardOptions all = ForwardOptions.of(Optional.ofNullable(to), local, remote, socks, udp);
    List<AtSign> relays = here().relays(relay);
    return new TunnelRequest(
            here().from(from),
            DeviceArgument.of(device, Optional.ofNullable(name)),
            relays.get(0),
            all.target(),
            all.local(),
            keep,
            graceSeconds == 0 ? UNTIL_ENDED : Duration.ofSeconds(graceSeconds),
            Optional.ofNullable(expect),
            all.forwards())
        .orThrough(relays.subList(1, relays.size()));
  }

  /** Only its owner can say whether the key is his; from now on another one is refused. */
  private void introduce(SessionFacts facts, Fingerprint key) {
    err().println("noports: first contact with " + facts.device() + ", whose key is " + key);
    err().println("noports:   words " + key.words());
    err().println("noports:   hex   " + key.hex());
  }

  private TunnelSession open(Tunnels tunnels, TunnelRequest request)
      throws NoPortsException, InterruptedException {
    BlockingQueue<String> steps = new LinkedBlockingQueue<>();
    CompletableFuture<TunnelSession> opened =
        tunnels
            .open(request, verbose ? stepsTo(steps) : HandshakeListener.SILENT)
            .toCompletableFuture();
    if (verbose) {
      opened.whenComplete((session, failure) -> steps.add(""));
      printSteps(steps, opened);
    }
    return Outcome.of(opened);
  }

  private static HandshakeListener stepsTo(BlockingQueue<String> steps) {
    return (step, took, detail) -> steps.add(StepText.of(step, took, detail));
  }

  private void printSteps(BlockingQueue<String> steps, CompletableFuture<TunnelSession> opened)
      throws InterruptedException {
    try {
      for (String step = steps.take(); !step.isEmpty(); step = steps.take()) {
        err().println(step);
      }
    } catch (InterruptedException e) {
      opened.cancel(true);
      throw e;
    }
  }

  private void print(SessionFacts facts) {
    facts.firstContact().ifPresent(key -> introduce(facts, key));
    if (json) {
      print(FactsText.json(facts));
      return;
    }
    String device = facts.device().toString();
    facts.local().ifPresent(at -> out().println(facts.target() + " of " + device + " is at " + at));
    facts.forwards().forEach(forward -> out().println(forward + ", through " + device));
    err()
        .println(
            "noports: session "
                + facts.id()
                + " through "
                + FactsText.orDash(facts.relay())
                + ", "
                + facts.level().description()
                + (background ? "; noports:disconnect ends it" : "; Ctrl-C ends it"));
  }
}
