package org.noports.protocol.session;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.Assert.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.Test;
import org.noports.protocol.json.JsonObject;

public final class ClientClaimsTest {
  private static ClientClaims read(String payload) throws Exception {
    return ClientClaims.of(JsonObject.parse("npt_request", payload));
  }

  @Test
  public void aZoneIsReadAsItWasWritten() throws Exception {
    JsonObject payload = JsonObject.parse("npt_request", "{\"sessionId\":\"x\"}");
    ClientClaims berlin = new ClientClaims(Optional.of("Europe/Berlin"));
    String written = berlin.into(payload).toJson();
    assertThat(written, is("{\"sessionId\":\"x\",\"claimed\":{\"zone\":\"Europe/Berlin\"}}"));
    assertThat(read(written), is(berlin));
  }

  @Test
  public void whoClaimsNothingSaysWhatOlderClientsSay() throws Exception {
    JsonObject payload = JsonObject.parse("npt_request", "{\"sessionId\":\"x\"}");
    assertThat(new ClientClaims(Optional.empty()).into(payload), sameInstance(payload));
    assertThat(read(payload.toJson()).zone(), is(Optional.empty()));
  }

  @Test
  public void whateverElseStandsThereIsNoClaimAndNoFault() throws Exception {
    for (String other :
        List.of(
            "1", "null", "\"x\"", "{}", "{\"zone\":1}", "{\"zone\":\"\"}", "{\"zone\":\"a b\"}")) {
      assertThat(other, read("{\"claimed\":" + other + "}").zone(), is(Optional.empty()));
    }
    String longest = "z".repeat(64);
    assertThat(
        read("{\"claimed\":{\"zone\":\"" + longest + "\"}}").zone(), is(Optional.of(longest)));
    assertThat(read("{\"claimed\":{\"zone\":\"" + longest + "z\"}}").zone(), is(Optional.empty()));
  }

  @Test
  public void whatCouldNotBeSaidIsRefusedWhereItIsSet() {
    for (String other : List.of("", "a b", "Zürich", "\"", "z".repeat(65))) {
      assertThrows(
          other, IllegalArgumentException.class, () -> new ClientClaims(Optional.of(other)));
    }
  }
}
