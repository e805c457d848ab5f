package org.noports.api.policy.fence;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.noports.api.AtSign;
import org.noports.api.Subscription;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Decision;
import org.noports.api.policy.PolicyEvaluator;

/**
 * An evaluator that a third party wrote. All of its code runs on threads that only it has; whoever
 * asks never waits in it. One that throws, is late or gives nothing makes a stage that fails, which
 * is a refusal; one that is out is a {@link Decision.Deny}.
 */
public final class FencedEvaluator implements PolicyEvaluator, AutoCloseable {
  /** The rule that a bundle denies by that is not asked any more. */
  public static final String QUARANTINED = "policy-quarantined";

  /** One that says all the time that it has changed is heard that often. */
  private static final long CHANGES_APART_MILLIS = 100;

  private final Fences fences;
  private final PlugIn bundle;
  private final String name;
  private final PolicyEvaluator plugIn;
  private final ExecutorService threads;
  private final Standing standing;
  private final Acquaintances acquaintances = new Acquaintances();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final Set<CompletableFuture<Decision>> asked = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean changing = new AtomicBoolean();
  private Optional<Subscription> changes = Optional.empty();
  private boolean closed;

  FencedEvaluator(
      Fences fences, PlugIn bundle, String name, PolicyEvaluator plugIn, ExecutorService threads) {
    this.fences = fences;
    this.bundle = bundle;
    this.name = name;
    this.plugIn = plugIn;
    this.threads = threads;
    this.standing = fences.standing(bundle);
    threads.execute(this::meet);
  }

  /** Takes place on the plug-in's threads, as all that follows here with its code. */
  private void meet() {
    try {
      keep(plugIn.onChange(this::changed));
      acquaintances.refresh(plugIn);
    } catch (Throwable e) {
      standing.fault("it threw " + NotDecided.words(e));
    }
    changed();
  }

  private void keep(Subscription subscription) {
    synchronized (this) {
      if (!closed) {
        changes = Optional.ofNullable(subscription);
        return;
      }
    }
    subscription.close();
  }

  private void changed() {
    if (changing.compareAndSet(false, true)) {
      tellSoon();
    }
  }

  private void tellSoon() {
    CompletableFuture.delayedExecutor(
            CHANGES_APART_MILLIS, TimeUnit.MILLISECONDS, this::onItsThreads)
        .execute(this::tell);
  }

  private void onItsThreads(Runnable task) {
    try {
      threads.execute(task);
    } catch (RejectedExecutionException e) {
      // Too many questions are under way. What was withdrawn meanwhile must not stay permitted.
      if (!isClosed()) {
        tellSoon();
      }
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private void tell() {
    changing.set(false);
    listeners.forEach(Runnable::run);
    try {
      acquaintances.refresh(plugIn);
    } catch (Throwable e) {
      standing.fault("it threw " + NotDecided.words(e));
    }
  }

  @Override
  public CompletionStage<Decision> decide(AccessRequest request) {
    standing.look();
    Optional<String> out = fences.why(bundle);
    if (out.isPresent()) {
      return CompletableFuture.completedFuture(new Decision.Deny(QUARANTINED, out.get()));
    }
    Errand errand = new Errand(() -> ask(request), threads, standing::returned);
    CompletableFuture<Decision> answer = errand.answer();
    asked.add(answer);
    try {
      threads.execute(errand);
    } catch (RejectedExecutionException e) {
      answer.completeExceptionally(
          NotDecided.excused("it has gone, or has too many questions under way"));
    }
    return answer
        .orTimeout(fences.limits().patience().toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((decision, failure) -> account(errand, failure));
  }

  private CompletionStage<Decision> ask(AccessRequest request) {
    CompletionStage<Decision> answer = plugIn.decide(request);
    acquaintances.meet(plugIn, request.client());
    return answer;
  }

  private void account(Errand errand, Throwable failure) {
    asked.remove(errand.answer());
    if (failure == null) {
      standing.answered();
    } else if (failure instanceof TimeoutException) {
      if (errand.abandon()) {
        standing.stuck();
      }
      standing.fault("it did not decide within " + fences.limits().patience().toMillis() + " ms");
    } else if (failure instanceof NotDecided known && !known.isFault()) {
      standing.excused(known.getMessage());
    } else {
      standing.fault(failure.toString());
    }
  }

  /** What its operator should see to; empty if there is nothing. */
  public Optional<String> trouble() {
    return fences
        .why(bundle)
        .or(() -> standing.trouble().map(why -> bundle + " did not decide, which denies: " + why))
        .map(why -> "policy evaluator " + name + ": " + why);
  }

  /** As the plug-in said last. */
  @Override
  public List<AtSign> known() {
    return acquaintances.known();
  }

  /** As the plug-in said with this client's last question. */
  @Override
  public boolean knows(AtSign client) {
    return acquaintances.knows(client);
  }

  @Override
  public Subscription onChange(Runnable changed) {
    // One of its own for each: the same listener may listen twice.
    Runnable listener = changed::run;
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** It has gone: what was asked is not decided, and nothing of it is heard any more. */
  @Override
  public void close() {
    Optional<Subscription> last;
    synchronized (this) {
      closed = true;
      last = changes;
    }
    listeners.clear();
    last.ifPresent(subscription -> onItsThreads(subscription::close));
    threads.shutdown();
    asked.forEach(
        answer -> answer.completeExceptionally(NotDecided.excused("it has gone meanwhile")));
  }
}
