package org.noports.store.mvstore;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.noports.api.AtSign;
import org.noports.api.StoreFailed;

/**
 * The one thread that writes. It takes all that waits, changes the tables, writes and flushes the
 * journal once, and only then answers: while the disk is busy the next group gathers, so that many
 * writers cost hardly more flushes than one.
 */
final class CommitThread implements Runnable {
  private static final int MOST_IN_GROUP = 1024;
  private static final long TICK_MILLIS = 1000;

  /** How often something that failed is tried again. */
  private static final long HEAL_MILLIS = 250;

  /** What may wait at once, in KiB; beyond it callers are told to come again. */
  private static final int WAITING_KIB = 128 << 10;

  private final OpenFile file;
  private final Clock clock;
  private final Executor answers;
  private final HintBoard hints;
  private final BlockingQueue<Pending<?>> waiting = new LinkedBlockingQueue<>();
  private final Semaphore room = new Semaphore(WAITING_KIB);
  private volatile Settings settings;
  private volatile boolean closing;

  CommitThread(OpenFile file, Settings settings, Clock clock, Executor answers, HintBoard hints) {
    this.file = file;
    this.settings = settings;
    this.clock = clock;
    this.answers = answers;
    this.hints = hints;
  }

  <T> CompletionStage<T> submit(Mutation<T> mutation, long bytes) {
    return submit(new Pending<>(mutation, weight(bytes)));
  }

  <T> CompletionStage<T> submit(Mutation<T> mutation, long bytes, Consumer<? super T> early) {
    return submit(new Pending<>(mutation, weight(bytes), early));
  }

  private static int weight(long bytes) {
    return (int) Math.min(WAITING_KIB, 1 + bytes / 1024);
  }

  private <T> CompletionStage<T> submit(Pending<T> pending) {
    if (!room.tryAcquire(pending.weight)) {
      pending.fail(new StoreFailed("The store has more to write than it can hold; try again"));
      return pending.stage();
    }
    waiting.add(pending);
    if (closing) {
      // The thread may have looked for the last time: whoever finds it still waiting fails it.
      failWaiting();
    }
    return pending.stage();
  }

  void settings(Settings changed) {
    settings = changed;
  }

  /** Asks the thread to finish what waits, and to end. */
  void close() {
    closing = true;
    room.acquireUninterruptibly();
    waiting.add(new Pending<>(edit -> true, 1));
  }

  @Override
  public void run() {
    try {
      while (!closing || !waiting.isEmpty()) {
        file.follow(settings);
        List<Pending<?>> group = group();
        if (group.isEmpty()) {
          file.heal();
        } else {
          commit(group);
        }
        file.checkpoint(group.isEmpty(), this::wake);
      }
    } finally {
      file.close();
      failWaiting();
    }
  }

  /** Makes the thread look around though nothing is to be written. */
  void wake() {
    waiting.add(new Pending<>(edit -> true, 0));
  }

  private List<Pending<?>> group() {
    List<Pending<?>> group = new ArrayList<>();
    long tick = file.isDown() ? HEAL_MILLIS : TICK_MILLIS;
    try {
      Pending<?> first = waiting.poll(tick, TimeUnit.MILLISECONDS);
      if (first != null) {
        group.add(first);
        waiting.drainTo(group, MOST_IN_GROUP - 1);
      }
    } catch (InterruptedException e) {
      closing = true;
    }
    return group;
  }

  private void commit(List<Pending<?>> group) {
    Set<AtSign> changed;
    try {
      OpenStore open = file.writable();
      Edit edit = open.edit(clock.instant(), settings);
      group.forEach(pending -> pending.apply(edit));
      changed = edit.finish();
      if (group.stream().anyMatch(Pending::hasEarly)) {
        answers.execute(() -> group.forEach(Pending::tellEarly));
      }
      open.keep();
    } catch (StoreFailed e) {
      answer(group, pending -> pending.fail(e));
      return;
    } catch (IOException | RuntimeException | Error e) {
      // Whatever it was, memory is ahead of the disk now: go on from what was kept.
      StoreFailed failure = file.broke(e);
      answer(group, pending -> pending.fail(failure));
      return;
    }
    answer(group, Pending::answer);
    changed.stream()
        .filter(hints::heardBy)
        .forEach(atSign -> answers.execute(() -> hints.changed(atSign)));
  }

  private void answer(List<Pending<?>> group, Consumer<Pending<?>> answer) {
    group.forEach(pending -> room.release(pending.weight));
    // In one go: to wake a thread for each would take longer than what hangs on their answers.
    answers.execute(() -> group.forEach(answer));
  }

  private void failWaiting() {
    if (!file.ended()) {
      return;
    }
    for (Pending<?> left = waiting.poll(); left != null; left = waiting.poll()) {
      left.fail(new StoreFailed("The store was stopped; what was not acknowledged may be missing"));
    }
  }
}
