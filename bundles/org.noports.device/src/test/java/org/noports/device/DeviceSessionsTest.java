package org.noports.device;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.api.SessionId;

/** Which sessions a device has. */
public class DeviceSessionsTest {
  private static final AtSign ALICE = AtSign.of("@alice");
  private static final AtSign EVE = AtSign.of("@eve");

  @Test
  public void nobodyTakesTheIdOfASessionThatIsThere() {
    DeviceSessions sessions = new DeviceSessions((session, why) -> {});
    SessionId id = SessionId.random();
    assertThat(sessions.reserve(id, ALICE, 10), is(true));
    assertThat(sessions.reserve(id, EVE, 10), is(false));
    assertThat(sessions.isTaken(id), is(true));
    sessions.release(id);
    assertThat(sessions.isTaken(id), is(false));
    assertThat(sessions.reserve(id, EVE, 10), is(true));
  }
}
