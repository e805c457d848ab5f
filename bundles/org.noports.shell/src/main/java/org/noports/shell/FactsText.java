package org.noports.shell;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.noports.api.AtSign;
import org.noports.api.identity.Fingerprint;
import org.noports.api.relay.RelayChoice;
import org.noports.api.session.Receipt;
import org.noports.api.session.SessionFacts;
import org.noports.api.tunnel.SuiteChange;
import org.noports.protocol.json.JsonArray;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.json.JsonValue;

/** A session's facts, for people and for programs. */
final class FactsText {
  private FactsText() {}

  /** One object; the field names stay. */
  static JsonObject json(SessionFacts facts) {
    JsonObject.Builder json =
        JsonObject.builder()
            .put("session", facts.id().toString())
            .put("side", facts.side().name().toLowerCase(Locale.ROOT))
            .put("client", facts.client().name())
            .put("device", facts.device().toString())
            .put("target", facts.target().toString())
            .putNullable("relay", facts.relay().map(AtSign::name))
            .put("relayAddress", facts.relayAddress())
            .put("level", facts.level().name())
            .putNullable("rule", facts.rule())
            .putNullable("local", facts.local().map(Object::toString))
            .put("forwards", facts.forwards().stream().map(Object::toString).toList())
            .put("since", facts.since().toString())
            .put("replaced", facts.replaced())
            .put("state", facts.state())
            .put("connections", facts.traffic().open())
            .put("connectionsTotal", facts.traffic().total())
            .put("bytesSent", facts.traffic().bytesSent())
            .put("bytesReceived", facts.traffic().bytesReceived())
            .putIfPresent("firstContact", facts.firstContact().map(Fingerprint::text));
    facts.receipt().ifPresent(receipt -> json.put("receipt", json(receipt)));
    if (!facts.choice().isEmpty()) {
      json.put(
          "relayChoice",
          new JsonArray(facts.choice().stream().<JsonValue>map(FactsText::json).toList()));
    }
    return json.build();
  }

  /** Round trips in milliseconds; a half that is not known is left out. */
  private static JsonObject json(RelayChoice.Candidate one) {
    JsonObject.Builder json = JsonObject.builder().put("relay", one.relay().name());
    one.here().ifPresent(time -> json.put("fromClientMillis", time.toMillis()));
    one.there().ifPresent(time -> json.put("fromDeviceMillis", time.toMillis()));
    return json.build();
  }

  /** The relays that there was a choice of, as round trips from the client and from the device. */
  static Optional<String> choice(SessionFacts facts) {
    return facts.choice().isEmpty()
        ? Optional.empty()
        : Optional.of(
            facts.choice().stream().map(Object::toString).collect(Collectors.joining(", ")));
  }

  /** The whole receipt; the same at both ends. */
  static JsonObject json(Receipt receipt) {
    return JsonObject.builder()
        .put("session", receipt.session().toString())
        .put("client", receipt.client().name())
        .put("clientKey", receipt.clientKey().text())
        .put("device", receipt.device().toString())
        .put("deviceKey", receipt.deviceKey().text())
        .put("target", receipt.target().toString())
        .put("level", receipt.level().name())
        .put("secrecy", receipt.secrecy())
        .put("authentication", receipt.authentication())
        .putNullable("clientMldsa65Key", receipt.signers().client().map(Fingerprint::text))
        .putNullable("deviceMldsa65Key", receipt.signers().device().map(Fingerprint::text))
        .put("rule", receipt.rule())
        .put("clientProviders", receipt.clientProviders())
        .put("deviceProviders", receipt.deviceProviders())
        .put(
            "history",
            new JsonArray(receipt.history().stream().<JsonValue>map(FactsText::json).toList()))
        .put(
            "changes",
            new JsonArray(receipt.changes().stream().<JsonValue>map(FactsText::json).toList()))
        .build();
  }

  private static JsonObject json(SuiteChange change) {
    return JsonObject.builder()
        .put("link", change.link())
        .put("epoch", change.epoch())
        .put("suite", change.suite().toString())
        .put("level", change.suite().level().name())
        .put("by", by(change))
        .put("at", change.at().toString())
        .put("cause", change.cause())
        .put("providers", change.providers())
        .build();
  }

  private static String by(SuiteChange change) {
    return change.byClient() ? "client" : "device";
  }

  /** What this end alone knows of a change. */
  static String text(SuiteChange change) {
    return "seen here       "
        + change.at()
        + " link "
        + change.link()
        + ", epoch "
        + change.epoch()
        + ": "
        + change.cause()
        + "; computed by "
        + change.providers();
  }

  private static JsonObject json(Receipt.Agreed step) {
    return JsonObject.builder()
        .put("event", step.event())
        .put("relay", step.relay().name())
        .put("suite", step.suite().toString())
        .put("level", step.suite().level().name())
        .put("transcript", step.transcript())
        .build();
  }

  /**
   * How long ago, in the largest unit that fits: {@code 42s}, {@code 3m}, {@code 5h}, {@code 2d}.
   */
  static String ago(Instant since, Instant now) {
    Duration age = Duration.between(since, now);
    if (age.toMinutes() < 2) {
      return age.toSeconds() + "s";
    }
    if (age.toHours() < 2) {
      return age.toMinutes() + "m";
    }
    return age.toDays() < 2 ? age.toHours() + "h" : age.toDays() + "d";
  }

  /** A count of bytes in decimal units. */
  static String bytes(long count) {
    if (count < 10_000) {
      return count + " B";
    }
    String[] units = {"kB", "MB", "GB", "TB"};
    double value = count;
    int unit = -1;
    while (value >= 1000 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
  }

  /** {@code state}, and how often it was replaced. */
  static String state(SessionFacts facts) {
    return facts.replaced() == 0
        ? facts.state()
        : facts.state() + ", replaced " + facts.replaced() + " times";
  }

  /** All that it listens on. */
  static String listens(SessionFacts facts) {
    List<String> all = new ArrayList<>(facts.local().map(Object::toString).stream().toList());
    facts.forwards().forEach(forward -> all.add(forward.toString()));
    return all.isEmpty() ? "-" : String.join(", ", all);
  }

  /** The value, or a dash where this end does not know it. */
  static String orDash(Optional<?> value) {
    return value.map(Object::toString).orElse("-");
  }
}
