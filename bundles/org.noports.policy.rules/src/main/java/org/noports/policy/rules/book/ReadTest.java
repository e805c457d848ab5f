package org.noports.policy.rules.book;

import java.net.InetAddress;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import org.noports.api.policy.Observed;
import org.noports.api.policy.RequestKind;
import org.noports.policy.rules.question.AskedDevice;
import org.noports.policy.rules.question.Endpoint;
import org.noports.policy.rules.question.Network;
import org.noports.policy.rules.question.Question;
import org.noports.policy.rules.yaml.Keys;
import org.noports.policy.rules.yaml.Node;

/** Reads the tests of a book. What a test does not say is as if nobody told it. */
final class ReadTest {
  /** A Monday noon, for tests that do not care. */
  private static final LocalDateTime SOME_TIME = LocalDateTime.of(2024, 1, 1, 12, 0);

  private static final String PENDING = "pending";

  private ReadTest() {}

  static BookTest read(Node node, ZoneId zone) {
    Keys keys = Keys.of(node, "a test");
    Node ask = keys.node("ask").orElse(node);
    BookTest test =
        new BookTest(
            keys.need("name", text -> text),
            keys.line(),
            question(Keys.of(ask, "ask"), zone),
            keys.need("expect", text -> Names.word(BookTest.Answer.class, text)),
            keys.text("rule", Names::group));
    keys.done();
    return test;
  }

  private static Question question(Keys keys, ZoneId zone) {
    ZoneId local = keys.text("zone", ReadBook::zone).orElse(zone);
    Question question =
        new Question(
            keys.need("who", Names::atSign),
            new AskedDevice(
                keys.need("device", Devices::address),
                keys.text("group", Names::group).orElse("__none__"),
                Set.copyOf(keys.texts("tags", text -> text))),
            keys.text("kind", text -> Names.word(RequestKind.class, text))
                .orElse(RequestKind.TUNNEL),
            endpoint(keys),
            keys.text("level", ReadRule::level),
            observed(keys),
            keys.text("claimed-zone", text -> text),
            keys.text("at", ReadTest::time).orElse(SOME_TIME).atZone(local).toInstant());
    keys.done();
    return question;
  }

  private static Optional<Endpoint> endpoint(Keys keys) {
    Optional<InetAddress> resolved = keys.text("resolved", ReadTest::address);
    Optional<Endpoint> place = keys.text("place", Place::endpoint);
    return place.map(
        endpoint ->
            endpoint instanceof Endpoint.Socket socket && socket.address().isEmpty()
                ? new Endpoint.Socket(socket.host(), resolved, socket.port())
                : endpoint);
  }

  private static Observed observed(Keys keys) {
    Optional<String> told = keys.text("observed-address", text -> text);
    if (told.filter(PENDING::equals).isPresent()) {
      return Observed.PENDING;
    }
    return new Observed(
        false,
        keys.text("observed-address", ReadTest::address),
        keys.text("observed-country", text -> text));
  }

  private static InetAddress address(String text) {
    return Network.address(text)
        .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is no address"));
  }

  private static LocalDateTime time(String text) {
    try {
      return LocalDateTime.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is no date and time: expected 2026-11-21T03:00", e);
    }
  }
}
