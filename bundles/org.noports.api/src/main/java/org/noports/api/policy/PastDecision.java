package org.noports.api.policy;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.DeviceName;
import org.noports.api.Target;
import org.noports.api.tunnel.Level;

/**
 * A decision as audits keep it: enough to ask other rules the same question. Where a permit let the
 * client go beside what was asked for is not kept.
 *
 * @param request what was asked
 * @param decision what was answered
 */
public record PastDecision(AccessRequest request, Decision decision) {
  /** The name of the audit event whose details {@link #details} are. */
  public static final String EVENT = "access-decided";

  private static final String LIST = " ";

  public PastDecision {
    requireNonNull(request, "request is null");
    requireNonNull(decision, "decision is null");
  }

  /** For the audit; what is not known is left out. */
  public Map<String, String> details() {
    Map<String, String> all = new LinkedHashMap<>();
    Circumstances around = request.circumstances();
    all.put("client", request.client().name());
    all.put("device", request.device().toString());
    all.put("group", request.deviceGroup());
    all.put("kind", request.kind().name());
    request.target().ifPresent(target -> all.put("target", target.toString()));
    put(all, "tags", String.join(LIST, around.deviceTags().stream().sorted().toList()));
    around.address().ifPresent(address -> all.put("address", address.getHostAddress()));
    around.level().ifPresent(level -> all.put("level", level.name()));
    Observed seen = around.observed();
    all.put(
        "observed",
        seen.pending() ? "pending" : seen.address().map(InetAddress::getHostAddress).orElse(""));
    seen.country().ifPresent(country -> all.put("country", country));
    around.claimedZone().ifPresent(zone -> all.put("claimed", zone));
    all.put("at", around.at().toString());
    all.put("answer", answer(decision));
    all.put("rule", decision.rule());
    put(all, "revision", decision.revision());
    if (decision instanceof Decision.Permit permit) {
      duties(permit.obligations(), all);
    }
    return all;
  }

  private static void duties(Obligations duties, Map<String, String> all) {
    put(all, "require", duties.require().toString());
    duties.maxSession().ifPresent(most -> all.put("maxSession", most.toString()));
    put(all, "record", duties.record() ? "true" : "");
    put(all, "obligations", String.join(LIST, duties.others().stream().sorted().toList()));
  }

  private static void put(Map<String, String> all, String name, String value) {
    if (!value.isEmpty()) {
      all.put(name, value);
    }
  }

  /** {@code permit}, {@code deny}, {@code abstain} or {@code later}. */
  public static String answer(Decision decision) {
    return decision.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads what {@link #details} wrote.
   *
   * @throws IllegalArgumentException with a full sentence, if it is none of ours
   */
  public static PastDecision of(Map<String, String> details) {
    Circumstances around =
        Circumstances.at(Instant.parse(need(details, "at")))
            .tagged(words(details, "tags"))
            .seen(observed(details))
            .claimed(Optional.ofNullable(details.get("claimed")));
    if (details.containsKey("address")) {
      around = around.resolved(address(details.get("address")));
    }
    if (details.containsKey("level")) {
      around = around.protectedBy(Level.valueOf(details.get("level")));
    }
    AccessRequest request =
        new AccessRequest(
            AtSign.of(need(details, "client")),
            device(need(details, "device")),
            need(details, "group"),
            RequestKind.valueOf(need(details, "kind")),
            Optional.ofNullable(details.get("target")).map(Target::of),
            around);
    return new PastDecision(request, decision(details));
  }

  private static DeviceAddress device(String text) {
    int at = text.indexOf('@');
    if (at < 1) {
      throw new IllegalArgumentException("'" + text + "' is no device: expected dev1@atsign");
    }
    return new DeviceAddress(AtSign.of(text.substring(at)), DeviceName.of(text.substring(0, at)));
  }

  private static Observed observed(Map<String, String> details) {
    String seen = details.getOrDefault("observed", "");
    return seen.equals("pending")
        ? Observed.PENDING
        : new Observed(
            false,
            seen.isEmpty() ? Optional.empty() : Optional.of(address(seen)),
            Optional.ofNullable(details.get("country")));
  }

  private static Decision decision(Map<String, String> details) {
    String rule = need(details, "rule");
    String revision = details.getOrDefault("revision", "");
    return switch (need(details, "answer")) {
      case "permit" ->
          new Decision.Permit(
              rule,
              List.of(),
              new Obligations(
                  Requirement.of(details.getOrDefault("require", "")),
                  Optional.ofNullable(details.get("maxSession")).map(Duration::parse),
                  details.containsKey("record"),
                  words(details, "obligations")),
              revision,
              Optional.empty());
      case "deny" -> new Decision.Deny(rule, "", revision);
      case "later" -> new Decision.Later(rule, "", revision);
      case "abstain" -> new Decision.Abstain(rule, "", revision);
      default ->
          throw new IllegalArgumentException("'" + details.get("answer") + "' is no decision");
    };
  }

  private static Set<String> words(Map<String, String> details, String name) {
    String all = details.getOrDefault(name, "");
    return all.isEmpty() ? Set.of() : Set.copyOf(List.of(all.split(LIST)));
  }

  private static String need(Map<String, String> details, String name) {
    String value = details.get(name);
    if (value == null) {
      throw new IllegalArgumentException("A decision has no '" + name + "'");
    }
    return value;
  }

  /** Only addresses that are written as such: nothing is looked up. */
  private static InetAddress address(String text) {
    if (!text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f.]*:[0-9A-Fa-f.:]*")) {
      throw new IllegalArgumentException("'" + text + "' is no address");
    }
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("'" + text + "' is no address", e);
    }
  }
}
