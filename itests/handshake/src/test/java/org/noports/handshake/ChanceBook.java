package org.noports.handshake;

import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/** A book by chance, about the clients and places that {@link ExplainMatchesAuditTest} asks for. */
final class ChanceBook {
  private static final List<String> WHO =
      List.of("@alice", "@bob", "group:night", "group:all", "*");
  private static final List<String> DEVICES =
      List.of("*", "*", "@device", "dev1@device", "dev2@device", "group:pumps");
  private static final List<String> PLACES =
      List.of(
          "*:*",
          "*:22",
          "localhost:22",
          "127.0.0.0/8:*",
          "192.0.2.0/24:1-100",
          "192.0.2.7:*",
          "[2001:db8::]/32:22",
          "service:ssh");
  private static final List<String> KINDS = List.of("ping", "tunnel", "udp", "listen", "ssh");
  private static final List<String> WHEN =
      List.of(
          "now.time >= '22:00' || now.time < '06:00'",
          "now.weekday in ['sat', 'sun']",
          "now.date < '2027-01-01'",
          "request.port < 100",
          "request.level == 'L1'",
          "!request.pq",
          "'north' in device.tags && now.time > '12:00'",
          "observed.country == 'DE'",
          "claimed.zone == 'south' || client == '@alice'",
          "request.address.within('192.0.2.0/25')");
  private static final List<String> ZONES = List.of("UTC", "Europe/Berlin", "Asia/Tokyo");

  private final Random random;

  ChanceBook(Random random) {
    this.random = random;
  }

  /** One to six rules, three quarters of them permits. */
  String text() {
    StringBuilder text =
        new StringBuilder(
            """
            format: 1
            zone: %s
            groups:
              night: ["@bob"]
              all: ["@alice", "group:night"]
            rules:
            """
                .formatted(one(ZONES)));
    int count = 1 + random.nextInt(6);
    for (int i = 0; i < count; i++) {
      boolean permit = random.nextInt(4) > 0;
      text.append("  - name: r").append((i * 7 + 3) % 10).append("-of-").append(count).append('\n');
      text.append("    effect: ").append(permit ? "permit" : "forbid").append('\n');
      list(text, "who", WHO, 0);
      list(text, "devices", DEVICES, 0);
      list(text, "places", PLACES, 2);
      list(text, "kinds", KINDS, 2);
      list(text, "levels", List.of("L1", "L2", "L3"), 4);
      if (random.nextBoolean()) {
        text.append("    when: \"").append(one(WHEN)).append("\"\n");
      }
      if (permit && random.nextInt(3) == 0) {
        text.append("    obligations: {max-session: 2h, require: pq-authentication}\n");
      }
    }
    return text.toString();
  }

  /**
   * @param absent how many of so many and one leave the key away; 0 for none
   */
  private void list(StringBuilder text, String key, List<String> of, int absent) {
    if (random.nextInt(absent + 1) > 0) {
      return;
    }
    TreeSet<String> chosen = new TreeSet<>();
    chosen.add(one(of));
    chosen.add(one(of));
    text.append("    ").append(key).append(": [\"");
    text.append(String.join("\", \"", chosen)).append("\"]\n");
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
