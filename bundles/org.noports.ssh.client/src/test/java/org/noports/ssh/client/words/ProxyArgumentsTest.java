package org.noports.ssh.client.words;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.api.Target;

public class ProxyArgumentsTest {
  @Test
  public void aDeviceAloneMeansItsOwnSshd() {
    ProxyArguments asked = ProxyArguments.of(List.of("dev1@device"));
    assertEquals("dev1@device", asked.device().toString());
    assertEquals(Target.of("localhost:22"), asked.target());
    assertEquals(Optional.empty(), asked.from());
  }

  @Test
  public void optionsStandBeforeOrBehindTheDevice() {
    ProxyArguments asked =
        ProxyArguments.of(
            List.of("--from", "@alice", "dev1@device", "--to=service:ssh", "-r", "@relay"));
    assertEquals(Target.of("service:ssh"), asked.target());
    assertEquals(Optional.of(AtSign.of("@alice")), asked.from());
    assertEquals(Optional.of(AtSign.of("@relay")), asked.relay());
  }

  @Test
  public void whatIsWrongIsNamed() {
    wrong("Which device", List.of("--to", "localhost:22"));
    wrong("--tu", List.of("dev1@device", "--tu", "x:1"));
    wrong("needs a value", List.of("dev1@device", "--to"));
    wrong("dev2@device", List.of("dev1@device", "dev2@device"));
    wrong("'@device' names no device", List.of("@device"));
  }

  private static void wrong(String said, List<String> words) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> ProxyArguments.of(words)).getMessage();
    assertTrue(message, message.contains(said));
  }
}
