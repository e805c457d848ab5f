package org.noports.atserver.host.verb;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.noports.atserver.host.enrollment.Access;
import org.noports.atserver.host.enrollment.ApprovalRequests;
import org.noports.atserver.host.record.AtNotification;
import org.noports.atserver.host.record.GuardedPattern;
import org.noports.atserver.host.tenant.Monitors;
import org.noports.atserver.host.tenant.Refusal;
import org.noports.atserver.host.tenant.Tenant;
import org.noports.protocol.verb.ErrorCode;
import org.noports.protocol.verb.NotifyList;
import org.noports.protocol.verb.NotifyQuery;
import org.noports.protocol.verb.Response;

/** What an owner may ask about notifications that exist (atprotocol.md 3.14). */
final class NotifyQueries {
  private NotifyQueries() {}

  /** {@code notify:list}: what has been received and has not expired, oldest first. */
  static CompletionStage<Response> list(NotifyList list, Dialogue dialogue) {
    GuardedPattern wanted = list.regex().map(ScanVerb::pattern).orElse(GuardedPattern.ALL);
    Predicate<AtNotification> days = within(list.from(), list.to());
    Monitors monitors = dialogue.tenant().monitors();
    return monitors
        .settled()
        .thenCompose(all -> monitors.received())
        .thenApply(
            received -> {
              List<String> found =
                  received.stream()
                      .filter(notification -> !ApprovalRequests.is(notification.told()))
                      .filter(kept -> Permissions.mayHear(kept.told(), dialogue.access()))
                      .filter(days)
                      .filter(notification -> named(wanted, notification))
                      .map(notification -> notification.told().toText())
                      .toList();
              return found.isEmpty()
                  ? Response.Data.NULL
                  : new Response.Data("[" + String.join(",", found) + "]");
            });
  }

  private static Predicate<AtNotification> within(
      Optional<LocalDate> from, Optional<LocalDate> to) {
    Instant first = from.map(NotifyQueries::begin).orElse(Instant.MIN);
    Instant behind = to.map(day -> begin(day.plusDays(1))).orElse(Instant.MAX);
    return notification -> !notification.at().isBefore(first) && notification.at().isBefore(behind);
  }

  private static Instant begin(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static boolean named(GuardedPattern wanted, AtNotification notification) {
    return ScanVerb.found(wanted, notification.told().key())
        || ScanVerb.found(wanted, notification.from().bare());
  }

  /** {@code notify:status}, {@code notify:fetch} and {@code notify:remove}. */
  static CompletionStage<Response> one(NotifyQuery query, Dialogue dialogue) {
    Tenant tenant = dialogue.tenant();
    if (!NotifyVerb.ID.matcher(query.id()).matches()) {
      throw new Refusal(ErrorCode.INVALID_SYNTAX, "Invalid syntax. Wrong notification id");
    }
    // Whoever asks for one may have been told of it while the disk wrote it.
    return tenant.monitors().settled().thenCompose(all -> settled(query, dialogue));
  }

  private static CompletionStage<Response> settled(NotifyQuery query, Dialogue dialogue) {
    Tenant tenant = dialogue.tenant();
    return switch (query.kind()) {
      case STATUS ->
          tenant
              .outbox()
              .statusOf(query.id())
              .thenApply(word -> new Response.Data(word.orElse("null")));
      case FETCH -> fetch(query.id(), dialogue);
      // Success too if there is none: devices remove each notification that they have read.
      case REMOVE ->
          removable(query.id(), dialogue)
              .thenCompose(may -> tenant.monitors().forget(query.id()))
              .thenApply(gone -> new Response.Data("success"));
    };
  }

  /** Whoever may not know a notification may not take it from those who may. */
  private static CompletionStage<Boolean> removable(String id, Dialogue dialogue) {
    Access access = dialogue.access();
    if (access.full()) {
      return CompletableFuture.completedFuture(true);
    }
    return dialogue
        .tenant()
        .monitors()
        .received(id)
        .thenApply(
            found -> {
              found.ifPresent(
                  kept ->
                      Permissions.require(
                          Permissions.mayHear(kept.told(), access),
                          access,
                          "notify:remove",
                          kept.told().key()));
              return true;
            });
  }

  private static CompletionStage<Response> fetch(String id, Dialogue dialogue) {
    Tenant tenant = dialogue.tenant();
    return tenant
        .monitors()
        .received(id)
        .thenApply(
            found -> found.filter(kept -> Permissions.mayHear(kept.told(), dialogue.access())))
        .thenCombine(
            tenant.outbox().statusOf(id),
            (received, sent) ->
                received
                    .map(FetchedNotification::of)
                    .orElseGet(() -> FetchedNotification.withoutBody(id, sent)))
        .thenApply(json -> new Response.Data(json.toJson()));
  }
}
