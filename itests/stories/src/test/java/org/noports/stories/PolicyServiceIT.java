package org.noports.stories;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.startsWith;
import static org.noports.stories.PolicyService.banner;
import static org.noports.stories.PolicyService.kill;

import java.io.IOException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;
import org.noports.testkit.Eventually;
import org.noports.testkit.process.Machine;
import org.noports.testkit.process.Running;
import org.noports.testkit.process.Shell;

/**
 * A policy service in a process of its own decides for a device that has no rules: who may go where
 * and at which hours, and what becomes of that when the service is killed.
 */
public class PolicyServiceIT {
  @ClassRule public static final PolicyService SERVICE = new PolicyService();

  private static final String PERMITTED =
      "policy-answered: dev1@device for @alice: permit by rule alice-may";
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");

  private final Machine service = SERVICE.first();
  private final Machine device = SERVICE.device();

  /** Whatever another story left: the service runs, and its rules permit. */
  @Before
  public void permits() throws Exception {
    service.up().awaitWell("org.noports.policy.host");
    SERVICE.changeBook("");
    admitted();
  }

  private static void admitted() throws IOException {
    try (Running connect = SERVICE.connect(SERVICE.sshPort())) {
      assertThat(banner(connect), startsWith("SSH-2.0-"));
    }
  }

  private void refused(int port, String rule) throws Exception {
    LogSince log = new LogSince(device);
    try (Running connect = SERVICE.connect(port)) {
      log.await("by rule " + rule);
    }
  }

  /** Words of a rule that holds within two hours of now by the clocks there, whatever day. */
  private static String aroundNow(ZoneId clocks) {
    LocalTime now = LocalTime.now(clocks);
    String from = TIME.format(now.minusHours(2));
    String to = TIME.format(now.plusHours(2));
    String both = from.compareTo(to) < 0 ? "&&" : "||";
    return "when: now.time >= '" + from + "' " + both + " now.time < '" + to + "'\n";
  }

  @Test
  public void admitsWithinTheHoursOfTheRulesZoneAndEndsWhatRunsOutsideThem() throws Exception {
    // Nine hours ahead of UTC, all year.
    String hours = aroundNow(ZoneId.of("Asia/Tokyo"));
    LogSince log = new LogSince(device);
    LogSince said = new LogSince(service);
    SERVICE.changeBook(hours + "zone: Asia/Tokyo");
    try (Running connect = SERVICE.connect(SERVICE.sshPort())) {
      assertThat(banner(connect), startsWith("SSH-2.0-"));
      refused(Shell.freePort(), "default-deny");
      said.await("policy-answered: dev1@device for @alice: abstain by rule default-deny");

      SERVICE.changeBook(hours + "zone: UTC");
      connect.await(ThreeMachines.SOON);
    }
    log.await("it is not permitted any more: rule 'default-deny'");
    refused(SERVICE.sshPort(), "default-deny");
  }

  @Test
  public void decisionsGoOnByItsSignedRulesWhenItIsKilledUntilTheyAreTooOld() throws Exception {
    LogSince log = new LogSince(device);
    kill(service);
    admitted();
    refused(Shell.freePort(), "default-deny");
    log.await("policy-service-gone: @rules does not answer");
    assertThat(device.run("health").out(), containsString("Decides by the rules of before"));

    device.configure("org.noports.policy.remote.cfg", "snapshotAge = 1s\n");
    log.await("policy-remote: @rules is asked about clients");
    refused(SERVICE.sshPort(), "policy-unreachable");

    device.configure("org.noports.policy.remote.cfg", "snapshotAge = 24h\n");
    service.up().awaitWell("org.noports.policy.host");
    LogSince back = new LogSince(service);
    admitted();
    log.await("policy-service-back: @rules answers again");
    back.await(PERMITTED);
  }

  @Test
  public void whenOneOfTwoBehindTheAtSignIsKilledTheOtherAnswers() throws Exception {
    try (Machine second = SERVICE.second().up().awaitWell("org.noports.policy.host")) {
      kill(service);
      LogSince log = new LogSince(second);
      // An answer of a moment ago may still count, and the second one may be about to listen.
      Eventually.holds(
          Duration.ofMinutes(2),
          () -> {
            admitted();
            return !log.all(PERMITTED).isEmpty();
          });
      device.awaitWell("org.noports.policy.remote");
    }
  }
}
