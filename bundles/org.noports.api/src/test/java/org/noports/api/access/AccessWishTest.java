package org.noports.api.access;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import java.time.Duration;
import java.util.List;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.DeviceName;
import org.noports.api.Target;

/** What may be asked for: one place, and words that whoever grants it can read. */
public class AccessWishTest {
  private static AccessWish wish(String target, String reason) {
    return new AccessWish(
        "0".repeat(32),
        AtSign.of("@alice"),
        new DeviceAddress(AtSign.of("@device"), DeviceName.of("dev1")),
        Target.of(target),
        Duration.ofHours(1),
        reason);
  }

  @Test
  public void aPlaceIsAHostOrAServiceByItsName() {
    for (String place :
        List.of(
            "localhost:22",
            "DB_1.example.org:5432",
            "192.0.2.7:22",
            "[2001:db8::1]:22",
            "[fe80::1%eth0]:22",
            "a".repeat(253) + ":22",
            "service:ssh")) {
      assertThat(wish(place, "the pump").target(), is(Target.of(place)));
    }
  }

  @Test
  public void aPatternIsNoPlace() {
    for (String pattern : List.of("*:22", "*.example.org:22", "a,b:22", "a?:22")) {
      assertThrows(pattern, IllegalArgumentException.class, () -> wish(pattern, "the pump"));
    }
  }

  @Test
  public void aHostThatReadsAsAnotherIsNoPlace() {
    for (String host :
        List.of(
            "x\u009b2K",
            "x\u202ey",
            "x\u2028y",
            "x\u007fy",
            "x\u00a0\u00a0for",
            "loc\u0430lhost",
            "[service:ssh]",
            "a".repeat(254))) {
      assertThrows(host, IllegalArgumentException.class, () -> wish(host + ":1", "the pump"));
    }
  }

  @Test
  public void aReasonIsOneLine() {
    for (String reason : List.of("", " ", "a\nb", "\u001b[2J", "a\u202eb", "a".repeat(201))) {
      assertThrows(reason, IllegalArgumentException.class, () -> wish("localhost:22", reason));
    }
    assertThat(wish("localhost:22", "die Pumpe läuft nicht").reason().isEmpty(), is(false));
  }
}
