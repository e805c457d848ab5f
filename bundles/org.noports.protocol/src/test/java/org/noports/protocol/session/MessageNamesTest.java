package org.noports.protocol.session;

import static org.junit.Assert.assertEquals;

import java.util.Optional;
import org.junit.Test;
import org.noports.api.DeviceName;
import org.noports.api.SessionId;

public class MessageNamesTest {
  private static final DeviceName DEV = DeviceName.of("dev1");
  private static final SessionId SID = SessionId.of("3f0c2a8e-5d1b-4c47-9a60-2b7e91d4c1aa");

  @Test
  public void namesAreThoseOfTheTable() {
    assertEquals("npt_request.dev1.sshnp", MessageNames.nptRequest(DEV));
    assertEquals("ssh_request.dev1.sshnp", MessageNames.sshRequest(DEV));
    assertEquals("ping.dev1.sshnp", MessageNames.ping(DEV));
    assertEquals("heartbeat.dev1.sshnp", MessageNames.heartbeat(DEV));
    assertEquals("username.dev1.sshnp", MessageNames.username(DEV));
    assertEquals("device_info.dev1.sshnp", MessageNames.deviceInfo(DEV));
    assertEquals("sshpublickey.dev1.sshnp", MessageNames.sshPublicKey(DEV));
    assertEquals(SID + ".dev1.sshnp", MessageNames.response(SID, DEV));
    assertEquals("dev1.request_ports.sshrvd", MessageNames.relayRequest(DEV));
    assertEquals("dev1.auth_modes.sshrvd", MessageNames.authModes(DEV));
    assertEquals(SID + ".sshrvd", MessageNames.relayReply(SID));
    assertEquals("nack." + SID + ".sshrvd", MessageNames.relayNack(SID));
    assertEquals("dev1.devices.policy.sshnp", MessageNames.policyHeartbeat(DEV));
    assertEquals(SID + ".session_mutexes.sshnp", MessageNames.deviceMutex(SID));
    assertEquals("_apsk.primary.a.__e", MessageNames.apsk("primary"));
  }

  @Test
  public void aDeviceHearsOnlyWhatIsSaidToItsWholeName() {
    assertEquals(Optional.of("ping"), MessageNames.ofDevice(DEV, "ping.dev1.sshnp"));
    assertEquals(Optional.of("npt_request"), MessageNames.ofDevice(DEV, "NPT_Request.Dev1.sshnp"));
    assertEquals(Optional.empty(), MessageNames.ofDevice(DEV, "ping.mydev1.sshnp"));
    assertEquals(Optional.empty(), MessageNames.ofDevice(DEV, "ping.dev1.sshnpx"));
    assertEquals(Optional.empty(), MessageNames.ofDevice(DEV, ".dev1.sshnp"));
    assertEquals(Optional.empty(), MessageNames.ofDevice(DEV, "dev1.sshnp"));
    assertEquals(Optional.empty(), MessageNames.ofDevice(DeviceName.of("d1"), "ping.dx1.sshnp"));
  }

  @Test
  public void aRelayHearsItsNamespace() {
    assertEquals(
        Optional.of("dev1.request_ports"), MessageNames.ofRelay("dev1.request_ports.sshrvd"));
    assertEquals(Optional.empty(), MessageNames.ofRelay("dev1.request_ports.sshnp"));
  }
}
