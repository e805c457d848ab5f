package org.noports.policy.rules.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.DeviceName;
import org.noports.api.policy.Observed;
import org.noports.api.tunnel.Level;
import org.noports.policy.rules.book.Devices;
import org.noports.policy.rules.book.Groups;
import org.noports.policy.rules.book.Rule;
import org.noports.policy.rules.book.RuleBook;
import org.noports.policy.rules.book.Who;
import org.noports.policy.rules.question.AskedDevice;
import org.noports.policy.rules.question.Endpoint;
import org.noports.policy.rules.question.Question;

/**
 * One question for each kind of question that two books can tell apart, conditions aside: every
 * name that is said and one that is not, every edge of ports and networks.
 */
final class Samples {
  /** Stand for whoever and whatever no book names. */
  static final AtSign ANYBODY = AtSign.of("@anybody-else");

  private static final AtSign ANY_ATSIGN = AtSign.of("@any-other-device");
  private static final DeviceName ANY_NAME = DeviceName.of("any-other");
  private static final String NO_GROUP = "__none__";

  private final Set<AtSign> clients = new LinkedHashSet<>();
  private final Set<AskedDevice> devices = new LinkedHashSet<>();
  private final List<Optional<Endpoint>> endpoints;
  private final List<Optional<Level>> levels = new ArrayList<>();

  Samples(RuleBook before, RuleBook after) {
    List<Rule> rules = Stream.of(before, after).flatMap(book -> book.rules().stream()).toList();
    clients.add(ANYBODY);
    for (RuleBook book : List.of(before, after)) {
      book.groups().names().forEach(name -> clients.addAll(book.groups().members(name)));
    }
    rules.stream().flatMap(rule -> rule.who().stream()).forEach(this::name);
    describe(rules);
    this.endpoints =
        Places.samples(rules.stream().flatMap(rule -> rule.places().stream()).distinct().toList());
    levels.add(Optional.empty());
    if (rules.stream().anyMatch(r -> !r.levels().isEmpty() || r.postQuantum().isPresent())) {
      Stream.of(Level.values()).map(Optional::of).forEach(levels::add);
    }
  }

  private void name(Who who) {
    if (who instanceof Who.One one) {
      clients.add(one.atSign());
    }
  }

  private void describe(List<Rule> rules) {
    Set<DeviceAddress> addresses = new LinkedHashSet<>();
    Set<String> groups = new LinkedHashSet<>(List.of(NO_GROUP));
    addresses.add(new DeviceAddress(ANY_ATSIGN, ANY_NAME));
    for (Devices named : rules.stream().flatMap(rule -> rule.devices().stream()).toList()) {
      if (named instanceof Devices.Exactly one) {
        addresses.add(one.address());
      } else if (named instanceof Devices.Of all) {
        addresses.add(new DeviceAddress(all.atSign(), ANY_NAME));
      } else if (named instanceof Devices.InGroup group) {
        groups.add(group.group());
      }
    }
    for (DeviceAddress address : addresses) {
      groups.forEach(group -> devices.add(new AskedDevice(address, group, Set.of())));
    }
  }

  /** Those that may be about {@code rule}; as they are needed, since they may be many. */
  Stream<Question> about(Rule rule, Groups groups) {
    return clients.stream().flatMap(client -> about(rule, groups, client));
  }

  /** Those of one client, which need not be named anywhere. */
  Stream<Question> about(Rule rule, Groups groups, AtSign client) {
    if (rule.who().stream().noneMatch(who -> groups.has(who, client))) {
      return Stream.empty();
    }
    return devices.stream()
        .filter(device -> rule.devices().stream().anyMatch(named -> named.has(device)))
        .flatMap(device -> about(rule, client, device));
  }

  /** Everybody who is named, and {@link #ANYBODY}. */
  Set<AtSign> clients() {
    return Collections.unmodifiableSet(clients);
  }

  private Stream<Question> about(Rule rule, AtSign client, AskedDevice device) {
    return rule.kinds().stream()
        .sorted()
        .flatMap(
            kind ->
                endpoints.stream()
                    .flatMap(
                        endpoint ->
                            levels.stream()
                                .map(
                                    level ->
                                        new Question(
                                            client,
                                            device,
                                            kind,
                                            endpoint,
                                            level,
                                            Observed.PENDING,
                                            Optional.empty(),
                                            Instant.EPOCH))));
  }
}
