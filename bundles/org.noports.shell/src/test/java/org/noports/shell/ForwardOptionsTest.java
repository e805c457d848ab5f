package org.noports.shell;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.Test;
import org.noports.api.tunnel.LocalAddress;

/** What connect's options mean together. */
public class ForwardOptionsTest {
  private Optional<String> to = Optional.empty();
  private List<String> local = List.of();
  private List<String> remote = List.of();
  private List<String> socks = List.of();
  private List<String> udp = List.of();

  /** Target, local address and forwards in one line. */
  private String meant() {
    ForwardOptions all = ForwardOptions.of(to, local, remote, socks, udp);
    return all.target()
        + " at "
        + all.local().map(LocalAddress::toString).orElse("-")
        + " "
        + all.forwards();
  }

  private String refusal() {
    return assertThrows(IllegalArgumentException.class, this::meant).getMessage();
  }

  @Test
  public void nothingAtAllMeansSshAtAnyPort() {
    assertEquals("localhost:22 at 127.0.0.1:0 []", meant());
  }

  @Test
  public void aTargetAndAnAddressMeanWhatTheyAlwaysDid() {
    to = Optional.of("service:ssh");
    local = List.of("/tmp/db.sock");
    assertEquals("service:ssh at /tmp/db.sock []", meant());
    local = List.of("192.0.2.1:80", "[::1]:8080");
    assertEquals("service:ssh at 192.0.2.1:80 [local [::1]:8080 to service:ssh]", meant());
  }

  @Test
  public void aForwardThatIsAloneIsTheSessionsOwn() {
    local = List.of("8080:intranet:80");
    assertEquals("intranet:80 at 127.0.0.1:8080 []", meant());
    local = List.of("8080:intranet:80", "[::1]:2222:service:ssh", "/tmp/s:[2001:db8::1]:22");
    assertEquals(
        "intranet:80 at 127.0.0.1:8080 [local [::1]:2222 to service:ssh, local /tmp/s to"
            + " [2001:db8::1]:22]",
        meant());
  }

  @Test
  public void forwardsStandBesideATargetThatIsNamed() {
    to = Optional.of("localhost:80");
    local = List.of("8080:intranet:80");
    remote = List.of("9000:localhost:3000", "/run/app/back.sock:localhost:3001");
    socks = List.of("1080");
    udp = List.of("5353:dns:53");
    assertEquals(
        "localhost:80 at - [local 127.0.0.1:8080 to intranet:80,"
            + " remote 127.0.0.1:9000 to localhost:3000,"
            + " remote /run/app/back.sock to localhost:3001,"
            + " socks 127.0.0.1:1080, udp 127.0.0.1:5353 to dns:53]",
        meant());
  }

  @Test
  public void withoutAnyTargetTheUsualOneIsAskedForAndNothingListensForIt() {
    socks = List.of("1080");
    assertEquals("localhost:22 at - [socks 127.0.0.1:1080]", meant());
  }

  @Test
  public void whatCannotBeIsRefusedInASentence() {
    local = List.of("1:2:3:4:5");
    assertThat(refusal(), containsString("8080:intranet:80"));
    local = List.of();
    udp = List.of("0.0.0.0:53:dns:53");
    assertThat(refusal(), containsString("loopback"));
    udp = List.of("53");
    assertThat(refusal(), containsString("5353:dns:53"));
    udp = List.of("/tmp/x:dns:53");
    assertThat(refusal(), containsString("socket path"));
    udp = List.of();
    remote = List.of("0.0.0.0:80:localhost:80");
    assertThat(refusal(), containsString("loopback"));
  }
}
