package org.noports.audit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.noports.api.Subscription;
import org.noports.api.audit.AuditEntry;
import org.noports.api.audit.AuditFilter;

/** Those who hear events as they are written. */
final class Followers implements Consumer<AuditEntry> {
  private record Follower(AuditFilter filter, Consumer<AuditEntry> listener) {}

  private final List<Follower> all = new CopyOnWriteArrayList<>();

  Subscription add(AuditFilter filter, Consumer<AuditEntry> listener) {
    Follower follower = new Follower(filter, listener);
    all.add(follower);
    return () -> all.remove(follower);
  }

  @Override
  public void accept(AuditEntry entry) {
    for (Follower follower : all) {
      try {
        if (follower.filter().matches(entry.event())) {
          follower.listener().accept(entry);
        }
      } catch (RuntimeException e) {
        // Whoever listens must not keep others from being written.
        AuditLog.followerFailed(e);
        all.remove(follower);
      }
    }
  }
}
