package org.noports.policy.rules;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.api.AtSign;
import org.noports.api.ConfigurationInvalid;
import org.noports.api.health.Health;
import org.noports.api.health.HealthCheck;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Decision;
import org.noports.api.policy.PolicyEvaluator;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The evaluator that is there from the first day; asked by a device's {@code Policy} for each
 * request. A configuration that cannot be read changes nothing: the rules before stay, and before
 * the first there is nobody who may do anything.
 */
@Component(
    service = {PolicyEvaluator.class, HealthCheck.class},
    immediate = true,
    configurationPid = RulesPolicy.PID,
    property = PolicyEvaluator.NAME + "=rules")
@Designate(ocd = RulesPolicy.Config.class)
public final class RulesPolicy implements PolicyEvaluator, HealthCheck {
  static final String PID = "org.noports.policy.rules";

  /** Who may do what on this machine's devices. */
  @ObjectClassDefinition(
      name = "NoPorts policy: rules",
      description = "Who may reach what on the devices of this machine; everybody else is denied.")
  public @interface Config {
    @AttributeDefinition(
        name = "Managers",
        description =
            "Comma-separated atSigns that may use the devices of this machine, and that the devices"
                + " tell about themselves. Empty: nobody may.")
    String managers() default "";

    @AttributeDefinition(
        name = "Permit open",
        description =
            "Comma-separated list of where managers may go: host:port, *:port, host:*, *:* or"
                + " service:NAME; the same behind udp: for datagrams, which are permitted nowhere"
                + " otherwise. The device's own permitOpen must allow it as well.")
    String permitOpen() default "*:*,udp:*:*";

    @AttributeDefinition(
        name = "Require",
        description =
            "What managers' sessions must be against quantum computers, beside what a device itself"
                + " requires: pq-secrecy, pq-authentication, both, or nothing.")
    String require() default "";
  }

  private volatile Rules rules = Rules.DENY_ALL;
  private volatile String problem = "";

  @Activate
  @Modified
  void configure(Config config) {
    try {
      rules = Rules.of(config.managers(), config.permitOpen(), config.require());
      problem = "";
      PolicyRulesLog.ruling(rules);
    } catch (ConfigurationInvalid e) {
      problem = e.getMessage();
      PolicyRulesLog.unreadable(e, rules);
    }
  }

  @Override
  public CompletionStage<Decision> decide(AccessRequest request) {
    return CompletableFuture.completedFuture(rules.decide(request));
  }

  @Override
  public List<AtSign> known() {
    return rules.managers().stream().sorted().toList();
  }

  @Override
  public String component() {
    return PID;
  }

  @Override
  public Health check() {
    if (!problem.isEmpty()) {
      return Health.down(problem + "; the rules before it stay in force");
    }
    return rules.managers().isEmpty()
        ? Health.degraded("Nobody is permitted: set managers in etc/" + PID + ".cfg")
        : Health.ok(rules.managers().size() + " managers, permitted to open " + rules.permitOpen());
  }
}
