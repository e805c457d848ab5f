package org.noports.policy.host;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.noports.api.AtSign;
import org.noports.api.audit.Audit;
import org.noports.api.audit.AuditEvent;
import org.noports.api.policy.Decision;
import org.noports.api.policy.fence.PlugIn;
import org.noports.protocol.policy.AuthCheck;

/** Records what was asked and answered, while there is somebody who keeps it. */
final class PolicyHostAudit {
  private final Supplier<Optional<Audit>> audit;
  private final Clock clock;

  PolicyHostAudit(Supplier<Optional<Audit>> audit, Clock clock) {
    this.audit = audit;
    this.clock = clock;
  }

  void answered(AtSign policy, AuthCheck check, Decision decision, String word, String why) {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("policy", policy.name());
    details.put("device", check.device().toString());
    details.put("client", check.client().name());
    check
        .request()
        .ifPresent(
            asked -> {
              details.put("kind", asked.kind().toString());
              asked.host().ifPresent(host -> details.put("host", host));
              asked.port().ifPresent(port -> details.put("port", Integer.toString(port)));
            });
    details.put("decision", word);
    details.put("rule", decision.rule());
    details.put("revision", decision.revision());
    details.put("reason", why);
    record("policy-answered", details);
  }

  void refused(AtSign policy, AtSign from, String why) {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("policy", policy.name());
    details.put("from", from.name());
    details.put("reason", why);
    record("policy-question-refused", details);
  }

  void quarantined(PlugIn bundle, String why) {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("bundle", bundle.bundle());
    details.put("version", bundle.version());
    details.put("reason", why);
    record("plugin-quarantined", details);
  }

  private void record(String event, Map<String, String> details) {
    audit.get().ifPresent(keeper -> keeper.record(new AuditEvent(clock.instant(), event, details)));
  }
}
