package org.noports.ssh.client.words;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.Test;
import org.noports.ssh.client.words.SshRequest.Pty;
import org.noports.ssh.client.words.SshRequest.Work;

public class SshWordsTest {
  private static SshRequest read(String... words) {
    return SshWords.of(List.of(words));
  }

  private static String refused(String... words) {
    return assertThrows(IllegalArgumentException.class, () -> read(words)).getMessage();
  }

  @Test
  public void aDeviceIsNamedInAnyOfItsWays() {
    for (SshRequest same :
        List.of(
            read("alice@dev1@device"),
            read("-l", "alice", "dev1@device"),
            read("-oUser=alice", "@device", "dev1"),
            read("dev1", "@Device", "-lalice"),
            read("--name", "dev1", "alice@@device"),
            read("--name=DEV1", "-l", "alice", "@device"))) {
      assertEquals("alice@dev1@device", same.login().toString());
      assertEquals(Work.SHELL, same.work());
      assertEquals("dev1@device", same.login().way().hostKeyName());
    }
  }

  @Test
  public void whatFollowsTheDeviceIsTheCommandWithItsOwnOptions() {
    SshRequest asked = read("-T", "dev1@device", "-v", "grep", "-t", "--to", "x y");
    assertEquals(Optional.of("grep -t --to x y"), asked.what());
    assertEquals(Work.COMMAND, asked.work());
    assertEquals(Pty.NEVER, asked.pty());
    assertTrue(asked.login().verbose());
  }

  @Test
  public void anOptionOfTheCommandAloneNeedsTwoHyphens() {
    assertEquals(Optional.of("-v"), read("--", "dev1@device", "-v").what());
  }

  @Test
  public void lettersStandTogetherAndTheLastMayHaveAValue() {
    SshRequest asked = read("-ACNqp2222", "dev1@device");
    assertTrue(asked.agent());
    assertTrue(asked.login().compress());
    assertTrue(asked.login().quiet());
    assertEquals(Work.NOTHING, asked.work());
    assertEquals("localhost:2222", asked.login().way().target().toString());
    assertEquals("dev1@device/localhost:2222", asked.login().way().hostKeyName());
  }

  @Test
  public void terminalsAreAskedForOnceOrForced() {
    assertEquals(Pty.USUAL, read("dev1@device").pty());
    assertEquals(Pty.ASKED, read("-t", "dev1@device", "top").pty());
    assertEquals(Pty.FORCED, read("-tt", "dev1@device", "top").pty());
    assertEquals(Pty.FORCED, read("-o", "RequestTTY force", "dev1@device").pty());
  }

  @Test
  public void forwardsAreReadWithAndWithoutAnAddress() {
    List<PortForward> forwards =
        read("-L8080:web:80", "-R", "*:22:localhost:2222", "-D[::1]:1080", "dev1@device")
            .forwards();
    assertEquals(
        List.of(
            new PortForward(PortForward.Kind.LOCAL, Optional.empty(), 8080, "web", 80),
            new PortForward(PortForward.Kind.REMOTE, Optional.of(""), 22, "localhost", 2222),
            new PortForward(PortForward.Kind.DYNAMIC, Optional.of("::1"), 1080, "", 0)),
        forwards);
    assertEquals(
        List.of(new PortForward(PortForward.Kind.LOCAL, Optional.empty(), 1, "::1", 2)),
        read("-o", "LocalForward=1 [::1]:2", "dev1@device").forwards());
  }

  @Test
  public void aForwardThatIsNoneIsSaid() {
    assertThat(refused("-L", "80", "dev1@device"), containsString("[ADDRESS:]PORT:HOST:PORT"));
    assertThat(refused("-L", "1:h:70000", "dev1@device"), containsString("70000"));
    assertThat(refused("-R", "1080", "dev1@device"), containsString("SOCKS5"));
    assertThat(refused("-L", "/tmp/x:h:1", "dev1@device"), containsString("OpenSSH"));
  }

  @Test
  public void keywordsAreOpenSshs() {
    SshRequest asked =
        read(
            "-o",
            "ServerAliveInterval=15",
            "-o",
            "serveralivecountmax 2",
            "-oBatchMode=yes",
            "-o",
            "StrictHostKeyChecking=yes",
            "-o",
            "SetEnv=A=b c",
            "-o",
            "ExitOnForwardFailure=yes",
            "-o",
            "User=first",
            "-o",
            "User=second",
            "-e",
            "^B",
            "dev1@device");
    assertEquals(Duration.ofSeconds(15), asked.login().keepAlive());
    assertEquals(2, asked.login().keepAliveMisses());
    assertEquals(Set.of("publickey"), asked.login().methods());
    assertTrue(asked.login().knownOnly());
    assertTrue(asked.strictForwards());
    assertEquals(Map.of("A", "b c"), asked.variables());
    assertEquals(Optional.of("first"), asked.login().user());
    assertEquals(OptionalInt.of(2), asked.escape());
    assertEquals(OptionalInt.empty(), read("-e", "none", "dev1@device").escape());
  }

  @Test
  public void whatTheClientDoesNotHaveIsRefusedByName() {
    assertThat(refused("-X", "dev1@device"), containsString("X11"));
    assertThat(refused("-o", "ForwardX11 yes", "dev1@device"), containsString("X11"));
    assertThat(refused("-o", "ProxyJump=x", "dev1@device"), containsString("-o ProxyJump"));
    assertThat(refused("-f", "dev1@device"), containsString("'-f'"));
    assertThat(refused("-J", "x", "dev1@device"), containsString("'-J'"));
    assertThat(refused("--unknown", "x", "dev1@device"), containsString("'--unknown'"));
    assertThat(refused("--print-command", "dev1@device"), containsString("OpenSSH"));
    assertThat(
        refused("-o", "StrictHostKeyChecking=no", "dev1@device"), containsString("accept-new"));
  }

  @Test
  public void noDeviceAndHalfADeviceAreSaid() {
    assertThat(refused("device"), containsString("'device' names no device"));
    assertThat(refused("-N"), containsString("names no device"));
    assertThat(refused("-oUser=x", "-p"), containsString("'-p' needs a value"));
    assertThat(refused("-s", "dev1@device"), containsString("subsystem"));
  }

  @Test
  public void nothingOfADeviceNameIsAnOption() {
    assertThat(refused("alice@-oX@device"), containsString("names no device"));
    assertFalse(read("dev1@device").agent());
  }
}
