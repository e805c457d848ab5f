package org.noports.shell;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.Assert.assertThrows;

import java.util.Optional;
import org.junit.Test;

public class DeviceArgumentTest {
  @Test
  public void readsBothWaysOfNamingADevice() {
    assertThat(
        DeviceArgument.of("dev1@Device", Optional.empty()),
        equalTo(DeviceArgument.of("@device", Optional.of("dev1"))));
  }

  @Test
  public void saysHowToNameTheDeviceWhenOnlyTheAtSignIsGiven() {
    assertThat(refusal("@device", Optional.empty()), containsString("dev1@device"));
  }

  @Test
  public void refusesTwoNamesForOneDevice() {
    assertThat(refusal("dev1@device", Optional.of("dev2")), containsString("dev2"));
  }

  @Test
  public void refusesWhatIsNoAtSign() {
    assertThat(refusal("dev1@a b", Optional.empty()), containsString("not an atSign"));
  }

  private static String refusal(String device, Optional<String> name) {
    return assertThrows(IllegalArgumentException.class, () -> DeviceArgument.of(device, name))
        .getMessage();
  }
}
