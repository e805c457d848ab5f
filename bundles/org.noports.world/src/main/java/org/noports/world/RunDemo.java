package org.noports.world;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.DeviceName;
import org.noports.api.NoPortsException;
import org.noports.api.SessionGone;
import org.noports.api.Target;
import org.noports.api.relay.RelaySide;
import org.noports.api.session.HandshakeListener;
import org.noports.api.session.SessionFacts;
import org.noports.api.session.Sessions;
import org.noports.api.session.TunnelRequest;
import org.noports.api.session.TunnelSession;
import org.noports.api.session.Tunnels;
import org.noports.api.ssh.RemoteCommands;
import org.noports.api.ssh.RemoteResult;
import org.noports.api.ssh.SshHostKey;
import org.noports.api.world.Demo;
import org.noports.api.world.WorldPlan;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * The demo: a world in this JVM on the loopback interface, and one SSH command from its client to
 * its device. {@link #play} is the whole story; {@link DemoWorld} starts the parts.
 */
@Component
public final class RunDemo implements Demo {
  static final WorldPlan PLAN =
      new WorldPlan(
          "localhost",
          0,
          0,
          AtSign.of("@relay"),
          AtSign.of("@policy"),
          List.of(AtSign.of("@alice")),
          List.of(new DeviceAddress(AtSign.of("@device"), DeviceName.of("dev1"))));

  /** What is run on the device: shows where it runs, and that a shell does it. */
  static final String COMMAND = "echo \"Hello from $(uname -n), user $(id -un), $(date +%T)\"";

  private final WorldLog log = new WorldLog();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(work -> new Thread(work, "noports-demo"));
  private final Parts parts;
  private final DemoWorld world;

  @Activate
  public RunDemo(BundleContext context, @Reference ConfigurationAdmin configurations) {
    parts = new Parts(context);
    Path folder = context.getDataFile("demo").toPath();
    world = new DemoWorld(PLAN, folder, parts, configurations);
  }

  @Override
  public CompletionStage<Outcome> run(Progress progress, HandshakeListener handshake) {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    thread.execute(
        () -> {
          try {
            outcome.complete(play(progress, handshake));
          } catch (Exception e) {
            log.demoFailed(e);
            outcome.completeExceptionally(e);
          }
        });
    return outcome;
  }

  private Outcome play(Progress progress, HandshakeListener handshake) throws Exception {
    world.stand(
        (part, took) -> {
          log.demoPart(part, took);
          progress.started(part, took);
        });
    try (TunnelSession session = result(parts.service(Tunnels.class).open(request(), handshake))) {
      String hostKey = parts.service(SshHostKey.class).fingerprint();
      RemoteCommands ssh = parts.service(RemoteCommands.class);
      RemoteResult result = result(ssh.run(result(session.connect()), "alice", COMMAND, hostKey));
      return new Outcome(session.facts(), atDevice(session.facts()), COMMAND, result);
    }
  }

  private static TunnelRequest request() {
    return new TunnelRequest(
        PLAN.clients().get(0),
        PLAN.devices().get(0),
        PLAN.relay(),
        new Target.Service("ssh"),
        Optional.empty(),
        false,
        TunnelRequest.DEFAULT_GRACE);
  }

  private SessionFacts atDevice(SessionFacts client) throws NoPortsException {
    return facts(parts.service(Sessions.class, s -> facts(s, client).isPresent()), client)
        .orElseThrow(() -> new SessionGone("The device's end is gone already"));
  }

  private static Optional<SessionFacts> facts(Sessions sessions, SessionFacts client) {
    return sessions.running().stream()
        .filter(s -> s.side() == RelaySide.DEVICE && s.id().equals(client.id()))
        .findFirst();
  }

  private static <T> T result(CompletionStage<T> stage) throws Exception {
    try {
      return stage.toCompletableFuture().get(Parts.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    } catch (TimeoutException e) {
      throw new SessionGone(
          "The demo waited " + Parts.LIMIT.toSeconds() + " s for an answer; the log says more", e);
    }
  }

  @Deactivate
  void stop() {
    thread.shutdownNow();
  }
}
