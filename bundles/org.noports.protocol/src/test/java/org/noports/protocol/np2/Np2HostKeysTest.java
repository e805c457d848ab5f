package org.noports.protocol.np2;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.util.Collections;
import java.util.List;
import org.junit.Test;
import org.noports.api.ProtocolViolation;
import org.noports.api.ssh.SshPublicKey;
import org.noports.protocol.json.JsonObject;

public class Np2HostKeysTest {
  private static final String ED25519 =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEuaS2GjQ7HZ6Sh7CC184I5M/xtfGJ+P8CD2BFONXtMP";
  private static final SshPublicKey KEY = SshPublicKey.of(ED25519 + " root@dev1");

  private static JsonObject payload(JsonObject np2) {
    return JsonObject.builder().put("np2", np2).build();
  }

  private static JsonObject np2() {
    return JsonObject.builder().put("versions", "1").build();
  }

  private static void assertRefused(List<String> said) {
    JsonObject np2 = np2().toBuilder().put("sshHostKeys", said).build();
    assertThrows(ProtocolViolation.class, () -> Np2HostKeys.of(payload(np2)));
  }

  @Test
  public void whatIsSaidIsWhatIsRead() throws Exception {
    JsonObject said = Np2HostKeys.into(np2(), List.of(KEY));
    assertEquals("{\"versions\":\"1\",\"sshHostKeys\":[\"" + ED25519 + "\"]}", said.toJson());
    assertEquals(List.of(KEY), Np2HostKeys.of(payload(said)));
    assertEquals("SHA256:a2OfuTKdzLl2R1tvxYjeOuOaLLb+Xt6JSSNM/5QHvWg", KEY.fingerprint());
  }

  @Test
  public void whoSaysNothingHasNone() throws Exception {
    assertEquals(np2(), Np2HostKeys.into(np2(), List.of()));
    assertEquals(List.of(), Np2HostKeys.of(payload(np2())));
    assertEquals(List.of(), Np2HostKeys.of(JsonObject.builder().build()));
  }

  @Test
  public void whatIsNoKeyOrTooManyIsAViolation() {
    assertRefused(List.of("ssh-ed25519"));
    assertRefused(List.of("ssh-rsa " + KEY.encoded()));
    assertRefused(List.of("ssh-ed25519 %%%"));
    assertRefused(List.of("ssh-ed25519 AAAA"));
    assertRefused(Collections.nCopies(17, ED25519));
  }
}
