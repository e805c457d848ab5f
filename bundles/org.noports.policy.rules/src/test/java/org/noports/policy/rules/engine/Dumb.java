package org.noports.policy.rules.engine;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.noports.policy.rules.question.Endpoint;
import org.noports.policy.rules.question.Question;

/**
 * The reference: decides as decision 0021 says, by loops and texts only. Shares no code with what
 * it is compared with: not the index, not CEL, not the reader of places.
 */
final class Dumb {
  /** What is known of something: {@code T}, {@code F}, {@code U}nknown or {@code P}ending. */
  static char and(char a, char b) {
    if (a == 'F' || b == 'F') {
      return 'F';
    }
    if (a == 'P' || b == 'P') {
      return 'P';
    }
    return a == 'U' || b == 'U' ? 'U' : 'T';
  }

  static char not(char a) {
    return a == 'T' ? 'F' : a == 'F' ? 'T' : a;
  }

  static char of(boolean value) {
    return value ? 'T' : 'F';
  }

  /** A condition that can be written, and be told without CEL. */
  interface When {
    char is(Question question);
  }

  record Rule(
      String name,
      boolean permit,
      List<String> who,
      List<String> devices,
      List<String> places,
      List<String> kinds,
      List<String> levels,
      String pq,
      String text,
      When when,
      int hours) {}

  record Answer(String verdict, String rule, long hours) {}

  private final Map<String, Set<String>> groups;
  private final List<Rule> rules;

  Dumb(Map<String, Set<String>> groups, List<Rule> rules) {
    this.groups = groups;
    this.rules = rules;
  }

  Answer decide(Question q) {
    String forbid = null;
    String permit = null;
    String hope = null;
    String pending = null;
    long hours = 0;
    for (Rule rule : rules.stream().sorted((a, b) -> a.name.compareTo(b.name)).toList()) {
      char is = matches(rule, q);
      if (!rule.permit && (is == 'T' || is == 'U') && forbid == null) {
        forbid = rule.name;
      }
      if (rule.permit && is == 'T') {
        permit = permit == null ? rule.name : permit;
        hours = rule.hours > 0 && (hours == 0 || rule.hours < hours) ? rule.hours : hours;
      }
      hope = rule.permit && is == 'P' ? rule.name : hope;
      pending = is == 'P' && pending == null ? rule.name : pending;
    }
    if (forbid != null) {
      return new Answer("DENY", forbid, 0);
    }
    if (permit == null && hope == null) {
      return new Answer("DENY", "default-deny", 0);
    }
    return pending != null ? new Answer("LATER", pending, 0) : new Answer("PERMIT", permit, hours);
  }

  private char matches(Rule rule, Question q) {
    boolean ping = q.kind().name().equals("PING");
    char is = of(rule.who.stream().anyMatch(who -> isWho(who, q.client().name())));
    is = and(is, of(rule.devices.stream().anyMatch(device -> isDevice(device, q))));
    is = and(is, of(isKind(rule, q.kind().name().toLowerCase().replace('_', '-'))));
    if (ping && !rule.permit) {
      is = and(is, of(rule.places.isEmpty() && rule.levels.isEmpty() && rule.pq.isEmpty()));
    }
    if (!ping) {
      is = and(is, places(rule, q));
      is = and(is, rule.levels.isEmpty() ? 'T' : level(q, rule.levels));
      is = and(is, rule.pq.isEmpty() ? 'T' : level(q, pqLevels(rule.pq)));
    }
    return and(is, rule.when.is(q));
  }

  private static List<String> pqLevels(String pq) {
    return pq.equals("true") ? List.of("L3") : List.of("L0", "L1", "L2");
  }

  private boolean isWho(String who, String client) {
    return who.equals("*")
        || who.equals(client)
        || who.startsWith("group:") && groups.get(who.substring(6)).contains(client);
  }

  private static boolean isDevice(String device, Question q) {
    String address = q.device().address().toString();
    return device.equals("*")
        || device.equals(address)
        || device.startsWith("@") && address.endsWith(device)
        || device.equals("group:" + q.device().group());
  }

  private static boolean isKind(Rule rule, String kind) {
    return rule.kinds.isEmpty()
        ? !rule.permit || List.of("ping", "tunnel", "ssh").contains(kind)
        : rule.kinds.contains(kind);
  }

  private static char level(Question q, List<String> levels) {
    return q.level().map(level -> of(levels.contains(level.name()))).orElse('U');
  }

  private static char places(Rule rule, Question q) {
    if (rule.places.isEmpty()) {
      return 'T';
    }
    if (q.endpoint().isEmpty()) {
      return 'U';
    }
    String all = "";
    for (String place : rule.places) {
      all += place(place, q.endpoint().get());
    }
    return all.contains("T") ? 'T' : all.contains("U") ? 'U' : 'F';
  }

  private static char place(String place, Endpoint endpoint) {
    if (place.equals("*:*")) {
      return 'T';
    }
    if (endpoint instanceof Endpoint.Service service) {
      return of(place.equals("service:*") || place.equals("service:" + service.name()));
    }
    Endpoint.Socket socket = (Endpoint.Socket) endpoint;
    String host = place.substring(0, place.lastIndexOf(':'));
    String[] ports = place.substring(place.lastIndexOf(':') + 1).replace("*", "1-65535").split("-");
    if (host.equals("service")
        || socket.port() < Integer.parseInt(ports[0])
        || socket.port() > Integer.parseInt(ports[ports.length - 1])) {
      return 'F';
    }
    String address = socket.address().map(a -> a.getHostAddress()).orElse("");
    boolean home =
        List.of("127.0.0.1", "127.8.8.8", "0.0.0.0", "0:0:0:0:0:0:0:1").contains(address);
    return switch (host) {
      case "*" -> 'T';
      case "*.plant" -> of(socket.host().endsWith(".plant"));
      case "localhost", "127.0.0.0/8", "[::1]", "0.0.0.0" ->
          home || address.isEmpty() && socket.host().equals("localhost") ? 'T' : of(address);
      case "10.1.0.0/16" -> address.isEmpty() ? 'U' : of(address.startsWith("10.1."));
      case "0.0.0.0/0" -> address.isEmpty() ? 'U' : of(home || !address.contains(":"));
      default -> of(socket.host().equals(host));
    };
  }

  private static char of(String address) {
    return address.isEmpty() ? 'U' : 'F';
  }

  /** The minutes since midnight, in UTC. */
  static int minutes(Question q) {
    return q.now().atZone(ZoneOffset.UTC).getHour() * 60
        + q.now().atZone(ZoneOffset.UTC).getMinute();
  }
}
