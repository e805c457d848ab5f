package org.noports.door;

import java.io.InterruptedIOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs each caller's work on a thread of its own and ends the visit with its exit code. */
final class Workers {
  private final Work work;
  private final DoorLog log;
  private final ExecutorService threads;

  Workers(Work work, DoorLog log) {
    this.work = work;
    this.log = log;
    AtomicInteger number = new AtomicInteger();
    threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "noports-door-work-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  void begin(Visitor visitor) {
    Running running = new Running(visitor);
    visitor.interruptedBy(running::interrupt);
    try {
      threads.execute(running);
    } catch (RejectedExecutionException closing) {
      visitor.exit(Work.FAILED);
    }
  }

  void close() {
    threads.shutdownNow();
  }

  /** One work and the thread it is on; an interrupt reaches that thread only while it is on it. */
  private final class Running implements Runnable {
    private final Visitor visitor;
    private Thread thread;
    private boolean early;

    Running(Visitor visitor) {
      this.visitor = visitor;
    }

    @Override
    public void run() {
      enter();
      int code;
      try {
        code = work.run(visitor);
      } catch (InterruptedException | InterruptedIOException e) {
        code = Work.INTERRUPTED;
      } catch (Exception | LinkageError e) {
        log.commandFailed(String.join(" ", visitor.arguments().stream().limit(1).toList()), e);
        visitor.stderr().println("Failed unexpectedly: " + e + "; the instance's log says more.");
        code = Work.FAILED;
      } finally {
        leave();
      }
      visitor.exit(code);
    }

    private synchronized void enter() {
      thread = Thread.currentThread();
      if (early) {
        thread.interrupt();
      }
    }

    private synchronized void leave() {
      thread = null;
      Thread.interrupted(); // One that came too late is not for the next work on this thread.
    }

    synchronized void interrupt() {
      if (thread == null) {
        early = true;
      } else {
        thread.interrupt();
      }
    }
  }
}
