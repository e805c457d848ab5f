package org.noports.policy.rules;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.noports.api.AtSign;
import org.noports.api.ConfigurationInvalid;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Decision;
import org.noports.api.policy.PastDecision;
import org.noports.api.policy.RuleBook;
import org.noports.policy.rules.book.ReadBook;
import org.noports.policy.rules.engine.CompareBooks;
import org.noports.policy.rules.engine.Evaluator;
import org.noports.policy.rules.engine.Judgement;
import org.noports.policy.rules.engine.OpenBook;
import org.noports.policy.rules.engine.Reach;
import org.noports.policy.rules.engine.ReplayDecisions;
import org.noports.policy.rules.engine.Ruling;
import org.noports.policy.rules.question.Countries;
import org.noports.policy.rules.question.Question;

/** A book with its evaluator, in the words of the system. */
final class OpenedBook implements RuleBook {
  private final String name;
  private final String text;
  private final Evaluator evaluator;
  private final Countries countries;
  private final boolean byTheClock;
  private final Set<AtSign> named;

  private OpenedBook(String name, String text, Evaluator evaluator, Countries countries) {
    this.name = name;
    this.text = text;
    this.evaluator = evaluator;
    this.countries = countries;
    this.byTheClock = evaluator.book().looksAtTheClock();
    this.named = evaluator.book().named();
  }

  /** Reads it; its tests are not asked. */
  static OpenedBook read(String name, String text, Countries countries)
      throws ConfigurationInvalid {
    requireNonNull(name, "name is null");
    return new OpenedBook(name, text, new Evaluator(ReadBook.read(name, text)), countries);
  }

  /** Reads it, and refuses it if its tests fail. */
  static OpenedBook open(String name, String text, Countries countries)
      throws ConfigurationInvalid {
    return new OpenedBook(name, text, OpenBook.open(name, text), countries);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String revision() {
    return evaluator.book().revision();
  }

  @Override
  public String text() {
    return text;
  }

  @Override
  public ZoneId zone() {
    return evaluator.book().zone();
  }

  @Override
  public int rules() {
    return evaluator.book().rules().size();
  }

  @Override
  public int tests() {
    return evaluator.book().tests().size();
  }

  @Override
  public List<String> failures() {
    return OpenBook.test(evaluator).stream()
        .map(failure -> name + ":" + failure.message())
        .toList();
  }

  /** Whether its answers may become others with the next minute. */
  boolean isByTheClock() {
    return byTheClock;
  }

  /** Whether a permit names {@code client}. */
  boolean names(AtSign client) {
    return named.contains(client);
  }

  private Question question(AccessRequest request) {
    return Translate.question(request, countries);
  }

  @Override
  public Decision decide(AccessRequest request) {
    return decision(evaluator.decide(question(request)), request);
  }

  private Decision decision(Ruling ruling, AccessRequest request) {
    return Translate.decision(ruling, request, revision(), byTheClock);
  }

  @Override
  public Explanation explain(AccessRequest request) {
    var told = evaluator.explain(question(request));
    return new Explanation(
        decision(told.ruling(), request),
        told.considered().stream().map(OpenedBook::considered).toList(),
        told.others());
  }

  private static Considered considered(Judgement judgement) {
    return new Considered(
        judgement.rule().name(),
        judgement.rule().line(),
        judgement.rule().effect().name().toLowerCase(Locale.ROOT),
        judgement.truth().name().toLowerCase(Locale.ROOT),
        judgement.because(),
        judgement.steps().stream().map(step -> step.part() + " is " + step.value()).toList());
  }

  @Override
  public Accesses whoCan(AccessRequest like) {
    return accesses(new Reach(evaluator).whoCan(question(like)));
  }

  @Override
  public Accesses whatCan(AtSign client) {
    return accesses(new Reach(evaluator).whatCan(client));
  }

  @Override
  public Accesses whatCan(AtSign client, Duration within) {
    return accesses(new Reach(evaluator).whatCan(client, within.toNanos()));
  }

  private Accesses accesses(Reach.Reached reached) {
    return new Accesses(
        reached.accesses().stream()
            .map(access -> access(Translate.request(access.question()), access.ruling()))
            .toList(),
        reached.complete());
  }

  private Access access(AccessRequest sample, Ruling ruling) {
    return new Access(sample, decision(ruling, sample));
  }

  @Override
  public Comparison compare(RuleBook next) {
    OpenedBook after = next instanceof RulesInForce here ? here.book() : (OpenedBook) next;
    var compared = new CompareBooks(evaluator, after.evaluator).compare();
    return new Comparison(
        compared.changes().stream()
            .map(
                change -> {
                  AccessRequest sample = Translate.request(change.question());
                  return new Difference(
                      sample,
                      decision(change.before(), sample),
                      after.decision(change.after(), sample));
                })
            .toList(),
        compared.complete());
  }

  @Override
  public Replayed replay(Iterator<PastDecision> log) {
    Iterable<PastDecision> all = () -> log;
    Stream<ReplayDecisions.Past> past =
        StreamSupport.stream(all.spliterator(), false)
            .map(
                one ->
                    new ReplayDecisions.Past(
                        question(one.request()), Translate.ruling(one.decision())));
    var replayed = ReplayDecisions.replay(past.iterator(), evaluator);
    return new Replayed(
        replayed.asked(),
        replayed.differing(),
        replayed.differences().stream()
            .map(
                difference -> {
                  AccessRequest sample = Translate.request(difference.past().question());
                  return new Difference(
                      sample,
                      decision(difference.past().ruling(), sample),
                      decision(difference.now(), sample));
                })
            .toList(),
        replayed.counts());
  }
}
