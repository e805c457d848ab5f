package org.noports.protocol.access;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import java.util.List;
import org.junit.Test;
import org.noports.api.ProtocolViolation;
import org.noports.protocol.json.JsonObject;

/** What a device says goes to its client's terminal. */
public class AccessSaidTest {
  private static JsonObject denied(String reason) {
    return JsonObject.builder()
        .put("id", "0".repeat(32))
        .put("deviceName", "dev1")
        .put("status", "denied")
        .put("reason", reason)
        .build();
  }

  @Test
  public void aReasonOfOneLineIsReadAsItWasWritten() throws Exception {
    for (String reason : List.of("", "später, bitte", "a".repeat(500))) {
      JsonObject json = denied(reason);
      assertThat(AccessSaid.parse(json).reason(), is(reason));
      assertThat(AccessSaid.parse(json).toJson(), is(json));
    }
  }

  @Test
  public void oneThatWouldSteerATerminalOrFillItIsRefused() {
    for (String reason :
        List.of("\u001b[2J", "\u009b2K", "a\nb", "a\u202eb", "a\u2028b", "a".repeat(501))) {
      assertThrows(reason, ProtocolViolation.class, () -> AccessSaid.parse(denied(reason)));
    }
  }
}
