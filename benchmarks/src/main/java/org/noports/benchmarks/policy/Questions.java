package org.noports.benchmarks.policy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.DeviceName;
import org.noports.api.Target;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Circumstances;
import org.noports.api.policy.Decision;
import org.noports.api.policy.Observed;
import org.noports.api.policy.RequestKind;
import org.noports.api.policy.RuleBook;
import org.noports.api.tunnel.Level;

/** What is asked of a company's book, by chance and always the same. */
final class Questions {
  private static final long MONDAY = Instant.parse("2026-11-16T00:00:00Z").getEpochSecond();
  private static final int WEEK_MINUTES = 7 * 24 * 60;
  private static final int MOST_TRIES = 2_000;

  private final Random random = new Random(2);
  private final Company company;

  Questions(Company company) {
    this.company = company;
  }

  /** So many, half of which {@code book} permits, one among the other. */
  List<AccessRequest> halfPermitted(RuleBook book, int count) {
    List<AccessRequest> permitted = new ArrayList<>();
    List<AccessRequest> others = new ArrayList<>();
    for (long tries = 0; permitted.size() + others.size() < count; tries++) {
      if (tries > (long) count * MOST_TRIES) {
        throw new IllegalStateException("The book permits nearly nothing, or nearly everything");
      }
      AccessRequest one = next();
      List<AccessRequest> kind = book.decide(one) instanceof Decision.Permit ? permitted : others;
      if (kind.size() < count / 2) {
        kind.add(one);
      }
    }
    permitted.addAll(others);
    Collections.shuffle(permitted, random);
    return permitted;
  }

  private AccessRequest next() {
    int site = random.nextInt(company.sites());
    int home = random.nextInt(10) == 0 ? random.nextInt(company.sites()) : site;
    Circumstances around =
        Circumstances.at(Instant.ofEpochSecond(MONDAY + 60L * random.nextInt(WEEK_MINUTES)))
            .tagged(random.nextInt(8) == 0 ? Set.of("plant", "frozen") : Set.of("plant"))
            .protectedBy(random.nextBoolean() ? Level.L3 : Level.L2)
            .seen(Observed.NOTHING);
    Target target = target(site);
    return new AccessRequest(
        AtSign.of(Company.person(home, random.nextInt(Company.PEOPLE))),
        new DeviceAddress(
            AtSign.of(Company.gate(site)), DeviceName.of("dev" + random.nextInt(Company.DEVICES))),
        Company.deviceGroup(site),
        RequestKind.TUNNEL,
        Optional.of(target),
        target instanceof Target.Service ? around : around.resolved(address(target, site)));
  }

  private Target target(int site) {
    String host = Company.network(site) + "." + (1 + random.nextInt(250));
    return Target.of(
        switch (random.nextInt(8)) {
          case 0 -> "localhost:22";
          case 1 -> "localhost:" + (8000 + random.nextInt(100));
          case 2 -> host + ":443";
          case 3 -> host + ":" + (8000 + random.nextInt(100));
          case 4 -> "screen" + random.nextInt(9) + "." + Company.domain(site) + ":5901";
          case 5 -> "db." + Company.domain(site) + ":5432";
          case 6 -> "service:ssh";
          default -> "localhost:23";
        });
  }

  /** As the device has looked it up; nothing is looked up here. */
  private InetAddress address(Target target, int site) {
    String host = target.wireHost();
    String address =
        host.equals("localhost")
            ? "127.0.0.1"
            : host.startsWith("10.") ? host : Company.network(site) + "." + random.nextInt(250);
    try {
      return InetAddress.getByName(address);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(address + " is an address", e);
    }
  }
}
