package org.noports.shell;

import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.noports.api.AtSign;
import org.noports.api.NoPortsException;
import org.noports.api.Subscription;
import org.noports.api.audit.AuditEntry;
import org.noports.api.audit.AuditFilter;
import org.noports.api.audit.AuditTrail;

/** {@code noports:audit}: what was asked, decided and done here. */
@Service
@Command(
    scope = "noports",
    name = "audit",
    description = "Prints what was asked, decided and done here",
    detailedDescription = "classpath:audit.txt")
public final class AuditCommand extends NoPortsAction {
  /** More than a terminal shows in a moment; whoever reads slower is told what it missed. */
  private static final int MOST_WAITING = 10_000;

  @Option(name = "--follow", aliases = "-f", description = "Go on with what happens, until Ctrl-C")
  private boolean follow;

  @Option(name = "--client", description = "Only of this client")
  @Completion(AtSignCompleter.class)
  private String client;

  @Option(name = "--session", description = "Only of sessions whose id begins so")
  private String session;

  @Option(name = "--event", description = "Only of this name; session-* for all that begin so")
  private String event;

  @Option(
      name = "--since",
      description = "Not older: 2h, 30m, 7d, or a time such as 2030-01-01T12:00Z")
  private String since;

  @Option(name = "--json", description = "Print the lines as they are kept, one JSON object each")
  private boolean json;

  @Override
  protected void run() throws NoPortsException, InterruptedException {
    AuditTrail trail = here().require(AuditTrail.class, "noports-base");
    AuditFilter filter =
        new AuditFilter(
            Optional.ofNullable(client).map(AtSign::of),
            Optional.ofNullable(session),
            Optional.ofNullable(event),
            Optional.ofNullable(since).map(text -> PointInTime.of(text)));
    if (follow) {
      follow(trail, filter);
    } else {
      trail.read(filter, this::print);
    }
  }

  /** First what was, then what comes: nothing between the two is left out or told twice. */
  private void follow(AuditTrail trail, AuditFilter filter)
      throws NoPortsException, InterruptedException {
    BlockingQueue<AuditEntry> coming = new ArrayBlockingQueue<>(MOST_WAITING);
    AtomicLong missed = new AtomicLong();
    try (Subscription following =
        trail.follow(
            filter,
            entry -> {
              if (!coming.offer(entry)) {
                missed.incrementAndGet();
              }
            })) {
      AtomicLong last = new AtomicLong();
      trail.read(
          filter,
          entry -> {
            last.set(entry.number());
            print(entry);
          });
      while (true) {
        AuditEntry next = coming.take();
        if (next.number() > last.get()) {
          print(next);
        }
        long gone = missed.getAndSet(0);
        if (gone > 0) {
          err().println("noports: " + gone + " events came faster than they were printed");
        }
      }
    }
  }

  private void print(AuditEntry entry) {
    out().println(json ? entry.line() : AuditText.line(entry));
    out().flush();
  }
}
