package org.noports.policy.host;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.DeviceName;
import org.noports.api.Target;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Circumstances;
import org.noports.api.policy.Decision;
import org.noports.api.policy.PastDecision;
import org.noports.api.policy.RequestKind;
import org.noports.api.policy.RuleBook;
import org.noports.api.policy.RuleBooks;
import org.noports.protocol.policy.PolicySnapshot;

/** A book that is its text, and names places for everybody. */
final class TextBooks implements RuleBooks, RuleBook {
  volatile String text = "";
  volatile boolean read = true;
  volatile List<String> places = List.of();

  /** What its search for places waits for, whatever time it is given. */
  volatile CountDownLatch found = new CountDownLatch(0);

  @Override
  public Optional<RuleBook> inForce() {
    return read ? Optional.of(this) : Optional.empty();
  }

  @Override
  public RuleBook read(String name, String other) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String name() {
    return "policy.yaml";
  }

  @Override
  public String revision() {
    return PolicySnapshot.revisionOf(text);
  }

  @Override
  public String text() {
    return text;
  }

  @Override
  public ZoneId zone() {
    return ZoneOffset.UTC;
  }

  @Override
  public int rules() {
    return 1;
  }

  @Override
  public int tests() {
    return 0;
  }

  @Override
  public List<String> failures() {
    return List.of();
  }

  @Override
  public Decision decide(AccessRequest request) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Explanation explain(AccessRequest request) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Accesses whoCan(AccessRequest like) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Accesses whatCan(AtSign client, Duration within) {
    try {
      found.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return whatCan(client);
  }

  @Override
  public Accesses whatCan(AtSign client) {
    DeviceAddress any = new DeviceAddress(AtSign.of("@any"), DeviceName.of("any"));
    return new Accesses(
        places.stream()
            .map(
                place ->
                    new Access(
                        new AccessRequest(
                            client,
                            any,
                            "__none__",
                            RequestKind.TUNNEL,
                            Optional.of(Target.of(place)),
                            Circumstances.at(Instant.EPOCH)),
                        new Decision.Permit("any", List.of())))
            .toList(),
        true);
  }

  @Override
  public Comparison compare(RuleBook next) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Replayed replay(Iterator<PastDecision> log) {
    throw new UnsupportedOperationException();
  }
}
