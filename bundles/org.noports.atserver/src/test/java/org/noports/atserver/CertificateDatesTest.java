package org.noports.atserver;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.noports.atserver.TwoAtSigns.ALICE;
import static org.noports.atserver.TwoAtSigns.get;
import static org.noports.atserver.TwoAtSigns.refusal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.api.AtServerUnavailable;
import org.noports.api.health.Health;
import org.noports.testkit.Eventually;
import org.noports.testkit.tls.TestCa;
import org.noports.testkit.tls.TestIdentity;

/**
 * Certificates that have ended or not begun: the atServer's fault, or that of this machine's clock.
 */
public class CertificateDatesTest {
  @Rule public final TwoAtSigns two = new TwoAtSigns();
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final Instant now = Instant.now();
  private TestCa ca;
  private SharedAtServers trusting;

  @Before
  public void anotherCa() {
    ca = new TestCa(folder.getRoot().toPath(), "Short-lived");
    trusting =
        two.connecting(
            new AtServerSettings(
                List.of(ca.certificateFile()),
                Duration.ofSeconds(5),
                Duration.ofSeconds(3),
                Duration.ofSeconds(60),
                Duration.ZERO,
                Optional.empty()));
    two.alsoStop(trusting);
  }

  @Test
  public void aCertificateThatHasEndedIsNamedAndItsRenewalIsFound() throws Exception {
    two.world.show(ca.issue("good", "localhost"));
    get(trusting.session(ALICE));
    two.world.await("@alice> monitor:");
    two.world.show(valid("ended", now.minus(Duration.ofDays(9)), now.minus(Duration.ofHours(4))));
    two.world.dropAll();
    Eventually.holds(() -> health().message().contains("its certificate ended at "));
    assertThat(
        health().message(),
        allOf(
            containsString("no connection for notifications since "),
            containsString("4 h ago by this machine's clock")));
    two.world.show(ca.issue("renewed", "localhost"));
    Eventually.holds(() -> health().status() == Health.Status.OK);
  }

  @Test
  public void aCertificateThatBeginsLaterIsNamedWithTheTimeThatIsMissing() throws Exception {
    two.world.show(valid("later", now.plus(Duration.ofMinutes(61)), now.plus(Duration.ofDays(9))));
    assertThat(
        refusal(AtServerUnavailable.class, trusting.session(ALICE)).getMessage(),
        allOf(
            containsString("its certificate begins at "),
            containsString("in 60 min by this machine's clock; set this clock")));
  }

  private TestIdentity valid(String file, Instant from, Instant to) {
    return ca.issue(file, from, to, "localhost");
  }

  private Health health() {
    return two.health.get("org.noports.atserver/@alice").check();
  }
}
