package com.example.opa;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.noports.api.health.Health;
import org.noports.api.health.HealthCheck;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Decision;
import org.noports.api.policy.PolicyEvaluator;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;

/**
 * Has Open Policy Agent decide. What OPA does not define is denied; if it cannot be asked, or says
 * what nobody understands, nothing is decided, which denies as well.
 */
@Component(
    service = {PolicyEvaluator.class, HealthCheck.class},
    immediate = true,
    configurationPid = OpaEvaluator.PID,
    property = PolicyEvaluator.NAME + "=opa")
public final class OpaEvaluator implements PolicyEvaluator, HealthCheck {
  static final String PID = "com.example.opa";

  /** Keys of {@code etc/com.example.opa.cfg}. */
  public @interface Config {
    /** OPA's address. */
    String url() default "http://127.0.0.1:8181";

    /** The document that decides: package and rule. */
    String path() default "noports/decision";

    /** For the connection; TCP tries a second time after a second. */
    int connectMillis() default 3000;

    /** For all of it; the device gives up after five seconds. */
    int answerMillis() default 4000;

    /** After which what runs is asked for once more. */
    int againSeconds() default 60;
  }

  private volatile Optional<AskOpa> opa = Optional.empty();
  private volatile String problem = "";

  @Activate
  @Modified
  void configure(Config config) {
    Optional<AskOpa> before = opa;
    try {
      opa = Optional.of(new AskOpa(OpaSettings.of(config)));
      problem = "";
    } catch (IllegalArgumentException e) {
      opa = Optional.empty();
      problem = "etc/" + PID + ".cfg: " + e.getMessage();
    }
    before.ifPresent(AskOpa::close);
  }

  @Deactivate
  void stop() {
    opa.ifPresent(AskOpa::close);
    opa = Optional.empty();
  }

  @Override
  public CompletionStage<Decision> decide(AccessRequest request) {
    Optional<AskOpa> now = opa;
    return now.isPresent()
        ? now.get().decide(request)
        : CompletableFuture.completedFuture(new Decision.Deny("opa", problem));
  }

  @Override
  public String component() {
    return PID;
  }

  @Override
  public Health check() {
    Optional<AskOpa> now = opa;
    if (now.isEmpty()) {
      return Health.down("Denies everybody: " + problem);
    }
    return now.get()
        .trouble()
        .map(why -> Health.degraded("Denies whom it cannot ask for: " + why))
        .orElseGet(() -> Health.ok("Asks " + now.get()));
  }
}
