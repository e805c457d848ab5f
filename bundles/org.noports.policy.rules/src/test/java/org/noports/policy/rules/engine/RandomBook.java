package org.noports.policy.rules.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.DeviceName;
import org.noports.api.policy.Observed;
import org.noports.api.policy.RequestKind;
import org.noports.api.tunnel.Level;
import org.noports.policy.rules.question.AskedDevice;
import org.noports.policy.rules.question.Endpoint;
import org.noports.policy.rules.question.Network;
import org.noports.policy.rules.question.Question;

/**
 * A small world and a book of it, by chance: as text for the reader, as values for the dumb one.
 */
final class RandomBook {
  private static final List<String> CLIENTS = List.of("@ann", "@bob", "@cyd", "@dan");
  private static final List<String> DEVICES =
      List.of("*", "*", "*", "@gate", "dev1@gate", "dev2@gate", "@mill", "dev1@mill", "group:lab");
  private static final List<String> PLACES =
      List.of(
          "*:*",
          "*:22",
          "*:1-1023",
          "localhost:22",
          "localhost:*",
          "127.0.0.0/8:22",
          "[::1]:80",
          "0.0.0.0:22",
          "10.1.0.0/16:*",
          "10.1.0.0/16:22",
          "0.0.0.0/0:80-443",
          "db.plant:22",
          "db.plant:80-8080",
          "*.plant:443",
          "*.plant:*",
          "service:ssh",
          "service:*");
  private static final List<String> HOSTS =
      List.of(
          "localhost",
          "db.plant",
          "web.plant",
          "elsewhere",
          "10.1.2.3",
          "10.2.2.3",
          "127.0.0.1",
          "127.8.8.8",
          "0.0.0.0",
          "::1",
          "2001:db8::1");
  private static final List<String> RESOLVED =
      List.of("10.1.2.3", "10.2.2.3", "127.0.0.1", "::1", "2001:db8::1");
  private static final List<Integer> PORTS = List.of(22, 80, 443, 8080);
  private static final List<String> KINDS =
      List.of("ping", "tunnel", "udp", "listen", "ssh", "public-key");

  final Random random;
  final Dumb dumb;
  final String text;

  RandomBook(long seed) {
    random = new Random(seed);
    Map<String, Set<String>> groups = new HashMap<>();
    StringBuilder written = new StringBuilder("format: 1\ngroups:\n");
    String before = "";
    for (String name : List.of("g1", "g2", "g3")) {
      List<String> members = some(CLIENTS, 1);
      Set<String> resolved = new HashSet<>(members);
      List<String> all = new ArrayList<>(members);
      if (!before.isEmpty() && random.nextBoolean()) {
        all.add("group:" + before);
        resolved.addAll(groups.get(before));
      }
      groups.put(name, resolved);
      written.append("  ").append(name).append(": ").append(quoted(all)).append('\n');
      before = name;
    }
    List<Dumb.Rule> rules = new ArrayList<>();
    written.append("rules:\n");
    int count = 2 + random.nextInt(7);
    for (int i = 0; i < count; i++) {
      rules.add(rule("r" + (count - i) * 7 % 10 + "-" + i));
      written.append(written(rules.get(i)));
    }
    dumb = new Dumb(groups, rules);
    text = written.toString();
  }

  private Dumb.Rule rule(String name) {
    List<String> who = new ArrayList<>(CLIENTS);
    who.addAll(List.of("*", "group:g1", "group:g2", "group:g3", "*"));
    RandomCondition when = new RandomCondition(random, random.nextInt(3));
    boolean permit = random.nextInt(4) > 0;
    boolean conditional = random.nextInt(3) > 0;
    return new Dumb.Rule(
        name,
        permit,
        some(who, 1),
        some(DEVICES, 1),
        random.nextBoolean() ? List.of() : some(PLACES, 1),
        random.nextInt(3) > 0 ? List.of() : some(KINDS, 1),
        random.nextInt(4) > 0 ? List.of() : some(List.of("L1", "L2", "L3"), 1),
        random.nextInt(5) > 0 ? "" : String.valueOf(random.nextBoolean()),
        conditional ? when.text : "",
        conditional ? when : question -> 'T',
        permit && random.nextInt(3) == 0 ? 1 + random.nextInt(5) : 0);
  }

  private static String written(Dumb.Rule rule) {
    StringBuilder out = new StringBuilder();
    out.append("  - name: ").append(rule.name()).append('\n');
    out.append("    effect: ").append(rule.permit() ? "permit" : "forbid").append('\n');
    list(out, "who", rule.who());
    list(out, "devices", rule.devices());
    list(out, "places", rule.places());
    list(out, "kinds", rule.kinds());
    list(out, "levels", rule.levels());
    if (!rule.pq().isEmpty()) {
      out.append("    post-quantum: ").append(rule.pq()).append('\n');
    }
    if (!rule.text().isEmpty()) {
      out.append("    when: \"").append(rule.text()).append("\"\n");
    }
    if (rule.hours() > 0) {
      out.append("    obligations: {max-session: ").append(rule.hours()).append("h}\n");
    }
    return out.toString();
  }

  private static void list(StringBuilder out, String key, List<String> values) {
    if (!values.isEmpty()) {
      out.append("    ").append(key).append(": ").append(quoted(values)).append('\n');
    }
  }

  private static String quoted(List<String> values) {
    return "[\"" + String.join("\", \"", values) + "\"]";
  }

  private List<String> some(List<String> of, int least) {
    Set<String> chosen = new TreeSet<>();
    int count = least + random.nextInt(2);
    while (chosen.size() < count) {
      chosen.add(of.get(random.nextInt(of.size())));
    }
    return List.copyOf(chosen);
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  Question question() {
    boolean gate = random.nextInt(3) > 0;
    return new Question(
        AtSign.of(random.nextInt(8) == 0 ? "@stranger" : one(CLIENTS)),
        new AskedDevice(
            new DeviceAddress(
                AtSign.of(gate ? "@gate" : "@mill"), DeviceName.of(one(List.of("dev1", "dev2")))),
            random.nextBoolean() ? "lab" : "__none__",
            random.nextBoolean() ? Set.of() : Set.of("lab", "old")),
        one(List.of(RequestKind.values())),
        endpoint(),
        random.nextInt(4) == 0 ? Optional.empty() : Optional.of(one(List.of(Level.values()))),
        random.nextInt(3) == 0 ? Observed.PENDING : observed(),
        random.nextBoolean() ? Optional.empty() : Optional.of(one(List.of("north", "south"))),
        Instant.parse("2026-11-21T00:00:00Z").plusSeconds(random.nextInt(86_400)));
  }

  /** What a relay may tell when the links stand. */
  Observed observed() {
    return switch (random.nextInt(4)) {
      case 0 -> Observed.NOTHING;
      case 1 -> new Observed(false, Network.address("192.0.2.7"), Optional.of("DE"));
      case 2 -> new Observed(false, Network.address("192.0.2.200"), Optional.empty());
      default -> new Observed(false, Network.address("198.51.100.1"), Optional.of("FR"));
    };
  }

  private Optional<Endpoint> endpoint() {
    int chance = random.nextInt(10);
    if (chance == 0) {
      return Optional.empty();
    }
    if (chance == 1) {
      return Optional.of(new Endpoint.Service(one(List.of("ssh", "files"))));
    }
    String host = one(HOSTS);
    boolean resolved = Network.address(host).isEmpty() && random.nextInt(3) > 0;
    return Optional.of(
        new Endpoint.Socket(
            host, resolved ? Network.address(one(RESOLVED)) : Optional.empty(), one(PORTS)));
  }
}
