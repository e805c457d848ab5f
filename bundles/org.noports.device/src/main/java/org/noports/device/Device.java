package org.noports.device;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.noports.api.AtSign;
import org.noports.api.ConfigurationInvalid;
import org.noports.api.EnrollmentEnded;
import org.noports.api.SessionId;
import org.noports.api.atserver.AtServers;
import org.noports.api.atserver.EnrollmentObserver;
import org.noports.api.health.Health;
import org.noports.api.health.HealthCheck;
import org.noports.api.session.SessionFacts;
import org.noports.api.session.Sessions;
import org.noports.api.tunnel.Suite;
import org.noports.api.tunnel.SuiteChange;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * One device of this JVM, from its configuration {@code org.noports.device-NAME.cfg} on: translates
 * that, and lets {@link RunningDevice} live. A change keeps the sessions; only another atSign or
 * name makes it hear anew.
 */
@Component(
    service = {Sessions.class, EnrollmentObserver.class, HealthCheck.class},
    immediate = true,
    configurationPid = Device.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = Device.Config.class, factory = true)
public final class Device implements Sessions, EnrollmentObserver, HealthCheck {
  static final String PID = "org.noports.device";

  /** One device. */
  @ObjectClassDefinition(
      name = "NoPorts device",
      description = "A device that clients reach by name; one file for each: " + PID + "-NAME.cfg.")
  public @interface Config {
    @AttributeDefinition(
        name = "atSign",
        description =
            "The atSign that answers for the device; its key file must be on this machine.")
    String atSign() default "";

    @AttributeDefinition(
        name = "Name",
        description =
            "The device's name under its atSign: 2 to 36 of a-z, 0-9, '_' and '-', because it is"
                + " part of every message's name.")
    String name() default "default";

    @AttributeDefinition(
        name = "Group",
        description = "The group that policies may name the device by.")
    String group() default "__none__";

    @AttributeDefinition(
        name = "Tags",
        description = "Comma-separated words that policies may know the device by (device.tags).")
    String tags() default "";

    @AttributeDefinition(
        name = "Tell refusals",
        description =
            "Whether clients that the policy knows by name are told which rule refuses them."
                + " Strangers never hear anything.")
    boolean tellRefusals() default true;

    @AttributeDefinition(
        name = "Permit open",
        description =
            "Comma-separated list of where anybody may go through this device, whatever the policy"
                + " says: host:port, *:port, host:*, *:* or service:NAME; the same behind udp: for"
                + " datagrams, which are permitted nowhere otherwise.")
    String permitOpen() default "localhost:22,localhost:3389";

    @AttributeDefinition(
        name = "Permit listen",
        description =
            "Comma-separated list of where this device may listen for its clients, until their"
                + " sessions end: localhost:port, localhost:*, a socket's path or /folder/*. Never"
                + " on another address than the loopback. Empty: nowhere. What listens already and is"
                + " named no more ends at once.")
    String permitListen() default "";

    @AttributeDefinition(
        name = "Relay transport",
        description =
            "How relays are reached: tcp; or wss, WebSocket over TLS, for networks that let nothing"
                + " out but HTTPS. Clients choose their own.")
    String relayTransport() default "tcp";

    @AttributeDefinition(
        name = "Hide",
        description = "Whether the device keeps from telling its managers that it is there.")
    boolean hide() default false;

    @AttributeDefinition(
        name = "Allow insecure L0",
        description =
            "Whether clients without twin keys are served. Insecure: with one key for both"
                + " directions whoever carries the traffic can learn its content.")
    boolean allowInsecureL0() default false;

    @AttributeDefinition(
        name = "NP2",
        description =
            "Whether sessions with clients that can do NP2 are of level L2 or better: sealed,"
                + " checked and resumable. False only to look for faults.")
    boolean np2() default true;

    @AttributeDefinition(
        name = "Policy timeout in seconds",
        min = "1",
        max = "60",
        description =
            "After which an undecided request is denied; clients wait no longer than a minute for"
                + " an answer.")
    int policyTimeoutSeconds() default 10;

    @AttributeDefinition(
        name = "Sessions per client",
        min = "1",
        max = "10000",
        description =
            "At once, of one client atSign: one client cannot take the memory and the file"
                + " descriptors of all. A session carries many connections.")
    int maxSessionsPerClient() default 100;

    @AttributeDefinition(
        name = "Pin clients",
        description =
            "Whether a client that comes with another key than at its first session is refused"
                + " until noports:pins --forget: the operator of its atServer could pretend to be"
                + " it.")
    boolean pinClients() default true;

    @AttributeDefinition(
        name = "Require",
        description =
            "What every session must be against quantum computers: pq-secrecy (level L3: what is"
                + " recorded now stays secret), pq-authentication (both ends sign by ML-DSA-65 as"
                + " well), both, or nothing. Others are refused as requirement-unmet; NoPorts'"
                + " existing programs can do neither.")
    String require() default "";

    @AttributeDefinition(
        name = "Require evaluators",
        description =
            "Comma-separated names of policy evaluators (such as rules, or a bundle's of your own)"
                + " without which nobody is let in: what one of them forbids would be open while it"
                + " is updated, or not started yet.")
    String requireEvaluators() default "";

    @AttributeDefinition(
        name = "Require audit",
        description =
            "Whether sessions are refused while the audit cannot keep events, or none is there."
                + " Otherwise they go on: a full disk would lock out those who would clear it.")
    boolean requireAudit() default false;

    @AttributeDefinition(
        name = "Observers",
        description =
            "Comma-separated atSigns of the relays whose word counts on where a client's socket"
                + " comes from, for rules with observed.address and observed.country. Only those"
                + " that you trust: a client may bring a relay of its own. Empty: nothing is"
                + " observed.")
    String observers() default "";

    @AttributeDefinition(
        name = "User name",
        description =
            "The account that managers are told to use with ssh. Empty: the account that runs this"
                + " process.")
    String userName() default "";
  }

  private final RunningDevice running;
  private volatile boolean idle = true;
  private volatile String problem = "";
  private volatile String name = "default";

  @Activate
  public Device(@Reference Neighbours neighbours, BundleContext context) {
    this(
        neighbours,
        context.getBundle().getVersion().toString(),
        Clock.systemUTC(),
        RunningDevice.TICK);
  }

  /** For tests. */
  Device(Neighbours neighbours, String version, Clock clock, Duration tick) {
    this.running = new RunningDevice(neighbours, new DeviceInfo(version), clock, tick);
  }

  @Activate
  @Modified
  void configure(Config config) {
    if (config.atSign().isBlank()) {
      idle = true;
      running.rest();
      return;
    }
    idle = false;
    name = config.name();
    try {
      running.configure(DeviceSettings.of(config));
      problem = "";
    } catch (ConfigurationInvalid e) {
      problem = e.getMessage();
      DeviceLog.unreadable(problem);
    }
  }

  @Deactivate
  void stop() {
    running.close();
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindAtServers(AtServers service) {
    running.arrived(service);
  }

  void unbindAtServers(AtServers service) {
    running.departed(service);
  }

  @Override
  public void ended(AtSign self, EnrollmentEnded reason) {
    running.enrollmentEnded(self, reason);
  }

  @Override
  public List<SessionFacts> running() {
    return running.sessions().running();
  }

  @Override
  public Optional<CompletionStage<SuiteChange>> rekey(SessionId id, Optional<Suite> suite) {
    return running.sessions().rekey(id, suite);
  }

  @Override
  public boolean end(SessionId id, String reason) {
    return running.sessions().end(id, reason);
  }

  @Override
  public String component() {
    return idle ? PID : PID + "/" + name;
  }

  @Override
  public Health check() {
    if (idle) {
      return Health.ok("No device yet: set atSign in etc/" + PID + "-NAME.cfg");
    }
    if (!problem.isEmpty()) {
      return Health.down(problem);
    }
    Optional<String> deaf = running.deaf();
    return deaf.map(why -> "Cannot hear clients: " + why)
        .or(running::odd)
        .map(Health::degraded)
        .orElseGet(() -> Health.ok("Hears clients; " + running.sessions().count() + " sessions"));
  }
}
