package org.noports.protocol.session;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.api.HostPort;
import org.noports.protocol.Refused;

/** What is said about how far relays are (docs/protocol/noports.md 2.11). */
public class RelayLatencyTest {
  private static final AtSign NEAR = AtSign.of("@near");
  private static final AtSign FAR = AtSign.of("@far");
  private static final String REQUEST =
      "{\"@near\":{\"ipaddr\":\"192.0.2.1\",\"port\":443},"
          + "\"@far\":{\"ipaddr\":\"relay.example.org\",\"port\":null}}";

  @Test
  public void aRequestIsReadAndWritten() throws Exception {
    RelayLatency.Request request = RelayLatency.Request.parse(REQUEST);
    assertEquals(new RelayDiscovery("192.0.2.1", OptionalInt.of(443)), request.places().get(NEAR));
    assertEquals(new HostPort("relay.example.org", 443), request.places().get(FAR).probed());
    assertEquals(REQUEST, request.toText());
  }

  @Test
  public void aResponseIsReadAndWrittenAndWhatIsNoTimeIsNotKnown() throws Exception {
    Map<AtSign, Optional<Duration>> times = new LinkedHashMap<>();
    times.put(NEAR, Optional.of(Duration.ofMillis(3)));
    times.put(FAR, Optional.empty());
    RelayLatency.Response response = new RelayLatency.Response(times);
    assertEquals("{\"@near\":3,\"@far\":-1}", response.toText());
    assertEquals(response, RelayLatency.Response.parse(response.toText()));
    assertEquals(
        Map.of(NEAR, Optional.empty(), FAR, Optional.empty()),
        RelayLatency.Response.parse("{\"@near\":99999999999,\"@far\":null}").roundTrips());
  }

  @Test
  public void whatIsNeitherIsRefused() {
    Refused.naming("ipaddr", () -> RelayLatency.Request.parse(REQUEST.replace("192.0.2.1", "a/b")));
    Refused.naming("port", () -> RelayLatency.Request.parse(REQUEST.replace("443", "0")));
    Refused.message(() -> RelayLatency.Request.parse("{\"@\":{\"ipaddr\":\"a\"}}"));
    Refused.message(() -> RelayLatency.Response.parse("{\"@near\":\"soon\"}"));
    Refused.naming("more than 8", () -> RelayLatency.Response.parse(nine()));
    assertThrows(
        IllegalArgumentException.class,
        () -> {
          Map<AtSign, RelayDiscovery> places = new LinkedHashMap<>();
          for (int i = 0; i < 9; i++) {
            places.put(AtSign.of("@r" + i), new RelayDiscovery("a", OptionalInt.empty()));
          }
          new RelayLatency.Request(places);
        });
  }

  private static String nine() {
    StringBuilder json = new StringBuilder("{\"@r0\":1");
    for (int i = 1; i < 9; i++) {
      json.append(",\"@r").append(i).append("\":1");
    }
    return json.append("}").toString();
  }
}
