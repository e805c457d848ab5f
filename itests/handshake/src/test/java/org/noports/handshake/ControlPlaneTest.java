package org.noports.handshake;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.util.Map;
import org.junit.After;
import org.junit.Test;
import org.noports.api.RequirementUnmet;
import org.noports.api.tunnel.Level;
import org.noports.testkit.Stages;

/** Where the control plane may be post-quantum, what secrecy requires holds for it, too. */
public final class ControlPlaneTest {
  private final TwoEnds ends = new TwoEnds();

  @After
  public void close() {
    ends.close();
  }

  private void begin(String client, String device) throws Exception {
    ends.begin(AgreementTest.HYBRID);
    ends.client.configure("np2", "true", "require", client);
    ends.device.configure(
        Map.of("atSign", "@device", "name", "dev1", "np2", true, "require", device));
  }

  @Test
  public void aPeerWithoutAKeyIsReachedWhereNobodyRequiresSecrecy() throws Exception {
    begin("", "");
    ends.world.keyless(TwoEnds.DEVICE.atSign(), true);
    ends.world.keyless(TwoEnds.ALICE, true);
    assertThat(Stages.value(ends.open()).facts().level(), is(Level.L3));
  }

  @Test
  public void aClientThatRequiresSecrecyAsksNoDeviceWithoutAKey() throws Exception {
    begin("pq-secrecy", "");
    ends.world.keyless(TwoEnds.DEVICE.atSign(), true);
    RequirementUnmet unmet = Stages.failure(RequirementUnmet.class, ends.open());
    assertThat(unmet.getMessage(), containsString("@device publishes no post-quantum key"));
    assertThat(ends.device.ends.opened(), hasSize(0));
    ends.world.keyless(TwoEnds.DEVICE.atSign(), false);
    assertThat(Stages.value(ends.open()).facts().level(), is(Level.L3));
  }

  @Test
  public void aDeviceThatRequiresSecrecyTellsAClientWithoutAKeyByName() throws Exception {
    begin("", "pq-secrecy");
    ends.world.keyless(TwoEnds.ALICE, true);
    RequirementUnmet unmet = Stages.failure(RequirementUnmet.class, ends.open());
    assertThat(
        unmet.getMessage(),
        allOf(containsString("dev1@device"), containsString("@alice publishes no post-quantum")));
    assertThat(ends.client.ends.opened(), hasSize(0));
    ends.world.keyless(TwoEnds.ALICE, false);
    assertThat(Stages.value(ends.open()).facts().level(), is(Level.L3));
  }
}
