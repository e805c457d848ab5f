package org.noports.world;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.Assert.assertThrows;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.api.ConfigurationInvalid;
import org.noports.api.NoPortsException;
import org.noports.api.health.Health;
import org.noports.api.world.WorldCertificates;

public class RenewCertificatesTest {
  private static final Duration MONTH = Duration.ofDays(30);

  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private final FakeAuthority authority = new FakeAuthority();
  private Path world;
  private Path chain;
  private Path trust;

  @Before
  public void aWorldOfTwoMachines() throws IOException {
    world = temporary.getRoot().toPath();
    authority.create(world.resolve("ca"), "test");
    chain = world.resolve("infrastructure/etc/tls/certificate.pem");
    authority.issue(world.resolve("ca"), List.of("x"), chain, chain.resolveSibling("key.pem"));
    trust = Files.createDirectories(world.resolve("client-alice/etc/trust"));
    Files.copy(world.resolve("ca/ca.pem"), trust.resolve("ca.pem"));
  }

  @Test
  public void whatEndsWithinTheMarginIsRenewed() throws Exception {
    assertThat(renewed(at(0).renew(world, MONTH)), is(List.of()));
    assertThat(renewed(at(69).renew(world, MONTH)), is(List.of()));
    assertThat(renewed(at(71).renew(world, MONTH)), is(List.of(chain)));
    assertThat(authority.expiry(chain), is(FakeAuthority.START.plus(Duration.ofDays(71 + 100))));
  }

  @Test
  public void aNewGenerationIsTrustedByEveryMachineAndTheOldOneUntilTheEnd() throws Exception {
    assertThat(renewed(at(1).rotate(world)), is(List.of(chain)));
    assertThat(Files.readString(chain), startsWith("2 "));
    assertThat(Files.readString(trust.resolve("ca.pem")), startsWith("2 "));
    assertThat(Files.readString(trust.resolve("ca-previous.pem")), startsWith("1 "));
    at(2).finish(world);
    assertThat(Files.exists(trust.resolve("ca-previous.pem")), is(false));
    assertThat(Files.readString(trust.resolve("ca.pem")), startsWith("2 "));
  }

  @Test
  public void aFolderWithoutAWorldIsNamed() {
    Path elsewhere = world.resolve("elsewhere");
    assertThat(
        assertThrows(ConfigurationInvalid.class, () -> at(0).renew(elsewhere, MONTH)).getMessage(),
        containsString(elsewhere.toString()));
  }

  @Test
  public void theCalendarRenewsByItselfAndSaysWhatEndsFirst() throws Exception {
    CountDownLatch looked = new CountDownLatch(1);
    CertificateCalendar calendar = new CertificateCalendar(clock(80));
    try {
      calendar.configure(settings(world.toString()));
      calendar.bindCertificates(counting(at(80), looked));
      assertThat(looked.await(60, TimeUnit.SECONDS), is(true));
      assertThat(authority.expiry(chain), is(FakeAuthority.START.plus(Duration.ofDays(80 + 100))));
    } finally {
      calendar.stop();
    }
    assertThat(calendar.check().status(), is(Health.Status.OK));
  }

  private RenewCertificates at(int day) {
    Clock clock = clock(day);
    authority.now = clock.instant();
    return new RenewCertificates(authority, clock);
  }

  private static Clock clock(int day) {
    return Clock.fixed(FakeAuthority.START.plus(Duration.ofDays(day)), ZoneOffset.UTC);
  }

  private static List<Path> renewed(List<WorldCertificates.CertificateLife> lives) {
    return lives.stream().filter(each -> each.renewed()).map(each -> each.file()).toList();
  }

  private static WorldCertificates counting(WorldCertificates real, CountDownLatch looked) {
    return new WorldCertificates() {
      @Override
      public List<CertificateLife> renew(Path world, Duration ahead) throws NoPortsException {
        try {
          return real.renew(world, ahead);
        } finally {
          looked.countDown();
        }
      }

      @Override
      public List<CertificateLife> rotate(Path world) throws NoPortsException {
        return real.rotate(world);
      }

      @Override
      public List<CertificateLife> finish(Path world) throws NoPortsException {
        return real.finish(world);
      }
    };
  }

  private static CertificateCalendar.Configuration settings(String folder) {
    return new CertificateCalendar.Configuration() {
      @Override
      public String folder() {
        return folder;
      }

      @Override
      public int renewBeforeDays() {
        return 30;
      }

      @Override
      public Class<? extends Annotation> annotationType() {
        return CertificateCalendar.Configuration.class;
      }
    };
  }
}
