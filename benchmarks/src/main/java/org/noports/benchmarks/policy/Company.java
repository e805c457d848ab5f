package org.noports.benchmarks.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A company of sites, as many as its number of rules asks for, and its book, by chance and always
 * the same: ten rules for a site, which has four devices, twenty people and two groups of them; and
 * two rules for everybody everywhere.
 */
final class Company {
  static final int PEOPLE = 20;
  static final int DEVICES = 4;
  private static final int RULES_OF_A_SITE = 10;
  private static final int LEADS = 3;
  private static final int OPERATORS = 12;

  private static final String FOR_ALL =
      """
        - {name: never-telnet, effect: forbid, who: ["*"], devices: ["*"], places: ["*:23"]}
        - {name: auditors, effect: permit, who: ["group:auditors"], devices: ["*"], places: ["localhost:443"], when: "now.weekday != 'sun'"}
      """;

  private static final List<String> CONDITIONS =
      List.of(
          "now.time >= '06:00' && now.time < '22:00'",
          "now.weekday != 'sat' && now.weekday != 'sun'",
          "request.port != 8080 || request.level == 'L3'",
          "!('frozen' in device.tags) && now.time >= '06:00'");

  private final Random random = new Random(1);
  private final int rules;

  Company(int rules) {
    this.rules = rules;
  }

  int sites() {
    return Math.max(1, rules / RULES_OF_A_SITE);
  }

  static String person(int site, int number) {
    return "@s" + site + "p" + number;
  }

  static String gate(int site) {
    return "@gate" + site;
  }

  static String deviceGroup(int site) {
    return "site" + site;
  }

  /** Where hosts of a site have their addresses, as the first three of four bytes. */
  static String network(int site) {
    return "10." + site / 250 + "." + site % 250;
  }

  static String domain(int site) {
    return deviceGroup(site) + ".example";
  }

  /** Its book, without tests. */
  String book() {
    StringBuilder book = new StringBuilder("format: 1\nzone: Europe/Berlin\ngroups:\n");
    for (int site = 0; site < sites(); site++) {
      book.append("  leads%d: [%s]%n".formatted(site, people(site, 0, LEADS)));
      String operators = people(site, LEADS, OPERATORS);
      book.append("  ops%d: [%s, \"group:leads%d\"]%n".formatted(site, operators, site));
    }
    book.append("  auditors: [%s]%nrules:%n".formatted(people(0, OPERATORS, PEOPLE)));
    book.append(FOR_ALL);
    for (int i = 2; i < rules; i++) {
      book.append(rule(i, i % sites()));
    }
    return book.toString();
  }

  private static String people(int site, int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(number -> '"' + person(site, number) + '"')
        .collect(Collectors.joining(", "));
  }

  private String rule(int number, int site) {
    boolean forbids = random.nextInt(8) == 0;
    String who = one(List.of("group:ops" + site, "group:leads" + site, person(site, next(PEOPLE))));
    String devices =
        one(
            List.of(
                gate(site),
                "dev" + next(DEVICES) + gate(site),
                "group:" + deviceGroup(site),
                "group:" + deviceGroup(site)));
    String when = random.nextInt(6) == 0 ? ", when: \"" + one(CONDITIONS) + '"' : "";
    String duty = !forbids && random.nextInt(4) == 0 ? ", obligations: {max-session: 8h}" : "";
    return "  - {name: r%d, effect: %s, who: [\"%s\"], devices: [\"%s\"], places: [%s]%s%s}%n"
        .formatted(number, forbids ? "forbid" : "permit", who, devices, places(site), when, duty);
  }

  private String places(int site) {
    List<String> all =
        List.of(
            "localhost:22",
            "localhost:8000-8099",
            network(site) + ".0/24:443",
            network(site) + ".0/26:8000-8099",
            "*." + domain(site) + ":5900-5999",
            "db." + domain(site) + ":5432",
            "service:ssh");
    List<String> some = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      some.add('"' + one(all) + '"');
    }
    return some.stream().distinct().collect(Collectors.joining(", "));
  }

  private int next(int bound) {
    return random.nextInt(bound);
  }

  private String one(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }
}
