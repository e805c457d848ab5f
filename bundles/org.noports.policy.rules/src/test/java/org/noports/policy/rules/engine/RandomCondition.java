package org.noports.policy.rules.engine;

import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.noports.policy.rules.question.Endpoint;
import org.noports.policy.rules.question.Question;

/** A condition by chance: its text for CEL, and what it is without CEL. */
final class RandomCondition implements Dumb.When {
  final String text;
  private final Dumb.When is;

  RandomCondition(Random random, int depth) {
    if (depth == 0) {
      Atom atom = Atom.values()[random.nextInt(Atom.values().length)];
      text = atom.text;
      is = atom.is;
      return;
    }
    RandomCondition left = new RandomCondition(random, depth - 1);
    RandomCondition right = new RandomCondition(random, random.nextInt(depth));
    switch (random.nextInt(4)) {
      case 0 -> {
        text = "(" + left.text + " && " + right.text + ")";
        is = q -> Dumb.and(left.is(q), right.is(q));
      }
      case 1 -> {
        text = "(" + left.text + " || " + right.text + ")";
        is = q -> Dumb.not(Dumb.and(Dumb.not(left.is(q)), Dumb.not(right.is(q))));
      }
      case 2 -> {
        text = "!(" + left.text + ")";
        is = q -> Dumb.not(left.is(q));
      }
      default -> {
        text = "(" + left.text + " ? " + right.text + " : false)";
        is = q -> left.is(q) == 'T' ? right.is(q) : left.is(q);
      }
    }
  }

  @Override
  public char is(Question question) {
    return is.is(question);
  }

  /** The leaves. */
  private enum Atom {
    WHO("client == '@ann'", q -> Dumb.of(q.client().name().equals("@ann"))),
    PORT("request.port < 100", q -> known(port(q), port -> port < 100)),
    HOST("request.host.startsWith('db')", q -> known(host(q), host -> host.startsWith("db"))),
    KIND("request.kind in ['ssh', 'ping']", q -> Dumb.of(isSshOrPing(q))),
    LEVEL("request.level == 'L3'", q -> known(q.level(), level -> level.name().equals("L3"))),
    PQ("request.pq", q -> known(q.level(), level -> level.name().equals("L3"))),
    TAG("'lab' in device.tags", q -> Dumb.of(q.device().tags().contains("lab"))),
    ZONE("claimed.zone == 'north'", q -> known(q.claimedZone(), zone -> zone.equals("north"))),
    TIME("now.time >= '06:30'", q -> Dumb.of(Dumb.minutes(q) >= 390)),
    SEEN("observed.address.within('192.0.2.0/25')", q -> seen(q, a -> a.equals("192.0.2.7"))),
    LAND(
        "observed.country == 'DE'",
        q ->
            q.observed().pending()
                ? 'P'
                : known(q.observed().country(), country -> country.equals("DE"))),
    FAILS("client.within('10.0.0.0/8')", q -> 'U');

    private final String text;
    private final Dumb.When is;

    Atom(String text, Dumb.When is) {
      this.text = text;
      this.is = is;
    }

    private static <T> char known(Optional<T> value, Function<T, Boolean> is) {
      return value.map(known -> Dumb.of(is.apply(known))).orElse('U');
    }

    private static char seen(Question q, Function<String, Boolean> is) {
      return q.observed().pending()
          ? 'P'
          : known(q.observed().address().map(a -> a.getHostAddress()), is);
    }

    private static boolean isSshOrPing(Question q) {
      return q.kind().name().equals("SSH") || q.kind().name().equals("PING");
    }

    private static Optional<Integer> port(Question q) {
      return q.endpoint().map(e -> e instanceof Endpoint.Socket s ? s.port() : null);
    }

    private static Optional<String> host(Question q) {
      return q.endpoint().map(e -> e instanceof Endpoint.Socket s ? s.host() : null);
    }
  }
}
