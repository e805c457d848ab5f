package org.noports.configuration;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.util.List;
import java.util.Optional;
import org.junit.Test;

public class NearestNameTest {
  private static final List<String> KNOWN =
      List.of("from", "relay", "relays", "deviceTimeoutSeconds");

  @Test
  public void findsTheKeyThatWasMeant() {
    assertThat(NearestName.to("relya", KNOWN), equalTo(Optional.of("relay")));
    assertThat(NearestName.to("Form", KNOWN), equalTo(Optional.of("from")));
  }

  @Test
  public void readsOtherSpellingsOfTheSameKey() {
    assertThat(
        NearestName.to("device-timeout-seconds", KNOWN),
        equalTo(Optional.of("deviceTimeoutSeconds")));
  }

  @Test
  public void guessesNothingWhereNothingIsNear() {
    assertThat(NearestName.to("certificate", KNOWN), equalTo(Optional.empty()));
  }
}
