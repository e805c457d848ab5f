package org.noports.policy.rules;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.noports.api.AtSign;
import org.noports.api.ConfigurationInvalid;
import org.noports.api.DeviceAddress;
import org.noports.api.DeviceName;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.CombineDecisions;
import org.noports.api.policy.Decision;
import org.noports.api.policy.PastDecision;
import org.noports.api.policy.RequestKind;
import org.noports.api.policy.RuleBook;
import org.noports.policy.rules.question.Countries;

/**
 * All that decides on this machine: the managers of the configuration, who are a permit, and the
 * book.
 *
 * @param managers who may go where, whatever the book permits
 * @param book what else is permitted, and what is forbidden, also to managers
 */
record RulesInForce(Rules managers, OpenedBook book) implements RuleBook {
  private static final DeviceAddress ANY_DEVICE =
      new DeviceAddress(AtSign.of("@any-other-device"), DeviceName.of("any-other"));
  private static final String EMPTY = "format: 1\n";

  /** Of configuration alone. */
  static RulesInForce without(Rules managers) {
    try {
      return new RulesInForce(
          managers, OpenedBook.read("org.noports.policy.rules.cfg", EMPTY, Countries.NONE));
    } catch (ConfigurationInvalid e) {
      throw new IllegalStateException("The empty book can be read", e);
    }
  }

  boolean hasBook() {
    return !book.text().equals(EMPTY);
  }

  /** For people. */
  String words() {
    String permitted =
        managers.managers().size() + " managers, permitted to open " + managers.permitOpen();
    return hasBook()
        ? name() + ": " + rules() + " rules, revision " + revision() + "; " + permitted
        : permitted;
  }

  boolean permitsNobody() {
    return !hasBook() && managers.managers().isEmpty();
  }

  boolean knows(AtSign client) {
    return managers.managers().contains(client) || book.names(client);
  }

  @Override
  public String name() {
    return book.name();
  }

  @Override
  public String revision() {
    return hasBook() ? book.revision() : "";
  }

  @Override
  public String text() {
    return hasBook() ? book.text() : "";
  }

  @Override
  public ZoneId zone() {
    return book.zone();
  }

  @Override
  public int rules() {
    return book.rules();
  }

  @Override
  public int tests() {
    return book.tests();
  }

  @Override
  public List<String> failures() {
    return book.failures();
  }

  @Override
  public Decision decide(AccessRequest request) {
    Decision byName = managers.decide(request, revision());
    return hasBook() ? combined(byName, book.decide(request), request) : byName;
  }

  /** A forbid may begin to hold with the next minute, whoever permits now. */
  private Decision combined(Decision byName, Decision byBook, AccessRequest request) {
    Decision one = CombineDecisions.of(List.of(byName, byBook));
    return one instanceof Decision.Permit permit && book.isByTheClock()
        ? new Decision.Permit(
            permit.rule(),
            permit.permitOpen(),
            permit.obligations(),
            permit.revision(),
            Optional.of(Translate.nextMinute(request.circumstances().at())))
        : one;
  }

  @Override
  public Explanation explain(AccessRequest request) {
    Explanation told = book.explain(request);
    Decision byName = managers.decide(request, revision());
    boolean manages = byName instanceof Decision.Permit;
    Considered configured =
        new Considered(
            Rules.MANAGERS,
            0,
            "permit",
            Boolean.toString(manages),
            manages ? "" : "who",
            manages ? List.of("permitOpen is " + managers.permitOpen()) : List.of());
    return new Explanation(
        hasBook() ? combined(byName, told.decision(), request) : byName,
        Stream.concat(told.considered().stream(), Stream.of(configured)).toList(),
        told.others());
  }

  @Override
  public Accesses whoCan(AccessRequest like) {
    Accesses named = book.whoCan(like);
    List<Access> all = new ArrayList<>(named.accesses());
    for (AtSign manager : managers.managers().stream().sorted().toList()) {
      all.removeIf(access -> access.sample().client().equals(manager));
      AccessRequest asked =
          new AccessRequest(
              manager,
              like.device(),
              like.deviceGroup(),
              like.kind(),
              like.target(),
              like.circumstances());
      Decision decision = decide(asked);
      if (decision instanceof Decision.Permit || decision instanceof Decision.Later) {
        all.add(new Access(asked, decision));
      }
    }
    return new Accesses(all, named.complete());
  }

  @Override
  public Accesses whatCan(AtSign client) {
    return withManagers(client, book.whatCan(client));
  }

  @Override
  public Accesses whatCan(AtSign client, Duration within) {
    return withManagers(client, book.whatCan(client, within));
  }

  private Accesses withManagers(AtSign client, Accesses named) {
    AccessRequest anything =
        new AccessRequest(client, ANY_DEVICE, "__none__", RequestKind.TUNNEL, Optional.empty());
    return managers.decide(anything, revision()) instanceof Decision.Permit permit
        ? new Accesses(
            Stream.concat(Stream.of(new Access(anything, permit)), named.accesses().stream())
                .toList(),
            named.complete())
        : named;
  }

  /** The managers are the same before and after, and are left out. */
  @Override
  public Comparison compare(RuleBook next) {
    return book.compare(next);
  }

  @Override
  public Replayed replay(Iterator<PastDecision> log) {
    return book.replay(log);
  }
}
