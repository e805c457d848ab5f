package org.noports.protocol.session;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.ProtocolViolation;
import org.noports.protocol.json.JsonObject;

/**
 * What a client asks a device about relays, and what it is told: how far each is from there
 * (docs/protocol/noports.md 2.11).
 */
public final class RelayLatency {
  /** More are not asked about at once: a device dials them all. */
  public static final int MOST_RELAYS = 8;

  /** What stands for a relay that could not be measured. */
  private static final long UNKNOWN = -1;

  /** An hour: what is longer is a mistake. */
  private static final long LONGEST_MILLIS = 3_600_000;

  private RelayLatency() {}

  /**
   * The value of {@code relay_latency_request}: where relays are.
   *
   * @param places in order; at most {@link #MOST_RELAYS}
   */
  public record Request(Map<AtSign, RelayDiscovery> places) {
    public Request {
      places = Collections.unmodifiableMap(new LinkedHashMap<>(places));
      if (places.size() > MOST_RELAYS) {
        throw new IllegalArgumentException(places.size() + " relays are more than " + MOST_RELAYS);
      }
    }

    public static Request parse(String text) throws ProtocolViolation {
      JsonObject json = bounded("relay_latency_request", text);
      Map<AtSign, RelayDiscovery> places = new LinkedHashMap<>();
      for (String name : json.fields().keySet()) {
        places.put(relay(name), RelayDiscovery.of(json.requireObject(name)));
      }
      return new Request(places);
    }

    public String toText() {
      JsonObject.Builder json = JsonObject.builder();
      places.forEach((relay, place) -> json.put(relay.name(), place.toJsonObject()));
      return json.build().toJson();
    }
  }

  /**
   * The value of {@code relay_latency_response}: round trips in whole milliseconds.
   *
   * @param roundTrips empty for a relay that could not be measured
   */
  public record Response(Map<AtSign, Optional<Duration>> roundTrips) {
    public Response {
      roundTrips = Collections.unmodifiableMap(new LinkedHashMap<>(roundTrips));
    }

    public static Response parse(String text) throws ProtocolViolation {
      JsonObject json = bounded("relay_latency_response", text);
      Map<AtSign, Optional<Duration>> roundTrips = new LinkedHashMap<>();
      for (String name : json.fields().keySet()) {
        roundTrips.put(
            relay(name),
            json.whole(name)
                .filter(millis -> millis >= 0 && millis <= LONGEST_MILLIS)
                .map(Duration::ofMillis));
      }
      return new Response(roundTrips);
    }

    public String toText() {
      JsonObject.Builder json = JsonObject.builder();
      roundTrips.forEach(
          (relay, time) -> json.put(relay.name(), time.map(Duration::toMillis).orElse(UNKNOWN)));
      return json.build().toJson();
    }
  }

  private static JsonObject bounded(String what, String text) throws ProtocolViolation {
    JsonObject json = JsonObject.parse(what, text);
    if (json.fields().size() > MOST_RELAYS) {
      throw new ProtocolViolation(what + ": more than " + MOST_RELAYS + " relays");
    }
    return json;
  }

  private static AtSign relay(String name) throws ProtocolViolation {
    try {
      return AtSign.of(name);
    } catch (IllegalArgumentException e) {
      throw new ProtocolViolation("relay latency: a relay's name is no atSign", e);
    }
  }
}
