package org.noports.policy.rules;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.noports.api.AtSign;
import org.noports.api.ConfigurationInvalid;
import org.noports.api.Subscription;
import org.noports.api.health.Health;
import org.noports.api.health.HealthCheck;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Decision;
import org.noports.api.policy.PolicyEvaluator;
import org.noports.api.policy.RuleBook;
import org.noports.api.policy.RuleBooks;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The evaluator that is there from the first day: managers, and a book of rules if there is one.
 * Asked by a device's {@code Policy} for each request. What cannot be read, or answers otherwise
 * than its own tests say, changes nothing: the rules before stay. Before the first there is nobody
 * who may do anything.
 */
@Component(
    service = {PolicyEvaluator.class, RuleBooks.class, HealthCheck.class},
    immediate = true,
    configurationPid = RulesPolicy.PID,
    property = PolicyEvaluator.NAME + "=rules")
@Designate(ocd = RulesPolicy.Config.class)
public final class RulesPolicy implements PolicyEvaluator, RuleBooks, HealthCheck {
  static final String PID = "org.noports.policy.rules";

  /** A look at an unchanged file is one system call. */
  private static final long LOOK_MILLIS = 100;

  /** Who may do what on this machine's devices. */
  @ObjectClassDefinition(
      name = "NoPorts policy: rules",
      description = "Who may reach what on the devices of this machine; everybody else is denied.")
  public @interface Config {
    @AttributeDefinition(
        name = "Managers",
        description =
            "Comma-separated atSigns that may use the devices of this machine, and that the devices"
                + " tell about themselves. Empty: nobody may, but by the book.")
    String managers() default "";

    @AttributeDefinition(
        name = "Permit open",
        description =
            "Comma-separated list of where managers may go: host:port, *:port, host:*, *:* or"
                + " service:NAME; the same behind udp: for datagrams, which are permitted nowhere"
                + " otherwise. The device's own permitOpen must allow it as well.")
    String permitOpen() default "*:*,udp:*:*";

    @AttributeDefinition(
        name = "Require",
        description =
            "What managers' sessions must be against quantum computers, beside what a device itself"
                + " requires: pq-secrecy, pq-authentication, both, or nothing.")
    String require() default "";

    @AttributeDefinition(
        name = "Book",
        description =
            "The file with the book of rules (docs/policy.md), as in etc/policy.yaml; relative to"
                + " the Karaf instance. Read again whenever it changes; one that cannot be read, or"
                + " whose own tests fail, changes nothing. Empty: managers only.")
    String book() default "";

    @AttributeDefinition(
        name = "Countries",
        description =
            "A file in MaxMind's format (.mmdb) that knows the countries of addresses, for"
                + " conditions with observed.country; relative to the Karaf instance. Read again"
                + " whenever it changes. Empty: no country is known.")
    String countries() default "";
  }

  private final ChangeListeners listeners = new ChangeListeners();
  private Optional<ScheduledExecutorService> watching = Optional.empty();
  private volatile Optional<BookFile> file = Optional.empty();
  private volatile Optional<CountryFile> countries = Optional.empty();
  private Rules rules = Rules.DENY_ALL;
  private volatile Optional<RulesInForce> inForce = Optional.empty();
  private volatile String problem = "";
  private volatile String bookProblem = "";

  @Activate
  @Modified
  synchronized void configure(Config config) {
    try {
      rules = Rules.of(config.managers(), config.permitOpen(), config.require());
      problem = "";
      PolicyRulesLog.ruling(rules);
    } catch (ConfigurationInvalid e) {
      problem = e.getMessage();
      PolicyRulesLog.unreadable(e, rules);
    }
    Optional<Path> places = path(config.countries());
    if (!countries.map(CountryFile::path).equals(places)) {
      countries = places.map(CountryFile::new);
      countries.ifPresent(CountryFile::look);
    }
    Optional<Path> wanted = path(config.book());
    if (wanted.isEmpty()) {
      file = Optional.empty();
      bookProblem = "";
      activate(RulesInForce.without(rules));
    } else {
      if (!file.map(BookFile::path).equals(wanted)) {
        file = wanted.map(path -> new BookFile(path, this::country));
      }
      inForce.ifPresent(before -> activate(new RulesInForce(rules, before.book())));
    }
    watch(wanted.isPresent() || places.isPresent());
  }

  /** By the file that is configured at this moment. */
  private Optional<String> country(InetAddress address) {
    return countries.flatMap(now -> now.of(address));
  }

  /** Relative to the Karaf instance, whatever folder it was started in. */
  private static Optional<Path> path(String book) {
    return book.isBlank()
        ? Optional.empty()
        : Optional.of(
            Path.of(System.getProperty("karaf.base", ""))
                .resolve(book.strip())
                .toAbsolutePath()
                .normalize());
  }

  private void watch(boolean wanted) {
    if (wanted && watching.isEmpty()) {
      ScheduledThreadPoolExecutor one =
          new ScheduledThreadPoolExecutor(
              1,
              task -> {
                Thread thread = new Thread(task, "noports-policy-book");
                thread.setDaemon(true);
                return thread;
              });
      one.scheduleWithFixedDelay(this::lookAlways, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
      watching = Optional.of(one);
    } else if (!wanted) {
      watching.ifPresent(ScheduledExecutorService::shutdown);
      watching = Optional.empty();
    }
  }

  private void lookAlways() {
    try {
      look();
    } catch (RuntimeException | Error e) {
      // Health has it already, and not even the log could be written: the next look counts.
    }
  }

  /** Takes the book and the countries over if they have changed. */
  synchronized void look() {
    if (countries.filter(CountryFile::look).isPresent()) {
      listeners.tell();
    }
    if (file.isEmpty()) {
      return;
    }
    try {
      Optional<OpenedBook> changed = file.get().look();
      if (changed.isPresent()) {
        bookProblem = "";
        PolicyRulesLog.activated(changed.get());
        activate(new RulesInForce(rules, changed.get()));
      }
    } catch (ConfigurationInvalid e) {
      refused(e.getMessage());
    } catch (RuntimeException | Error e) {
      refused(file.get().path() + ": cannot be taken over: " + e);
    }
  }

  private void refused(String why) {
    bookProblem = why;
    PolicyRulesLog.bookRefused(why, inForce);
  }

  private void activate(RulesInForce next) {
    inForce = Optional.of(next);
    listeners.tell();
  }

  @Deactivate
  synchronized void stop() {
    watch(false);
    file = Optional.empty();
    countries = Optional.empty();
  }

  @Override
  public CompletionStage<Decision> decide(AccessRequest request) {
    return CompletableFuture.completedFuture(
        inForce
            .map(rulesNow -> rulesNow.decide(request))
            .orElseGet(
                () ->
                    file.isEmpty()
                        ? Rules.DENY_ALL.decide(request, "")
                        : Decision.Deny.undecided("no-rule-book", "no book of rules is in force")));
  }

  @Override
  public Optional<RuleBook> inForce() {
    return inForce.map(rulesNow -> rulesNow);
  }

  @Override
  public RuleBook read(String name, String text) throws ConfigurationInvalid {
    return OpenedBook.read(name, text, this::country);
  }

  @Override
  public List<AtSign> known() {
    return inForce.map(now -> now.managers().managers()).stream()
        .flatMap(managers -> managers.stream())
        .sorted()
        .toList();
  }

  @Override
  public boolean knows(AtSign client) {
    return inForce.filter(rulesNow -> rulesNow.knows(client)).isPresent();
  }

  @Override
  public Subscription onChange(Runnable changed) {
    return listeners.add(changed);
  }

  @Override
  public String component() {
    return PID;
  }

  @Override
  public Health check() {
    Optional<RulesInForce> now = inForce;
    if (!bookProblem.isEmpty()) {
      return Health.down(
          bookProblem
              + now.map(kept -> "; what was before it stays in force: " + kept.words())
                  .orElse("; everybody is denied until the book can be read"));
    }
    if (!problem.isEmpty()) {
      return Health.down(problem + "; the rules before it stay in force");
    }
    String unknown = countries.map(CountryFile::problem).orElse("");
    if (!unknown.isEmpty()) {
      return Health.degraded(unknown);
    }
    return now.map(RulesPolicy::health).orElseGet(() -> Health.degraded("Nothing was read yet"));
  }

  private static Health health(RulesInForce now) {
    return now.permitsNobody()
        ? Health.degraded("Nobody is permitted: set managers or book in etc/" + PID + ".cfg")
        : Health.ok(now.words());
  }
}
