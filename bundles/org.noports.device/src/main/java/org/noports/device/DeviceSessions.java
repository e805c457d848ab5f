package org.noports.device;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.noports.api.AtSign;
import org.noports.api.SessionId;
import org.noports.api.session.SessionFacts;
import org.noports.api.session.Sessions;
import org.noports.api.tunnel.Suite;
import org.noports.api.tunnel.SuiteChange;

/** The sessions that one device has admitted and that run. */
final class DeviceSessions implements Sessions {
  private final Map<SessionId, DeviceSession> running = new LinkedHashMap<>();
  private final Map<SessionId, AtSign> opening = new HashMap<>();
  private final BiConsumer<DeviceSession, String> ended;
  private boolean closed;

  /**
   * @param ended hears of each session that ended, and why
   */
  DeviceSessions(BiConsumer<DeviceSession, String> ended) {
    this.ended = ended;
  }

  /** Takes a place for a session that is about to be opened; false if the client has no more. */
  boolean reserve(SessionId id, AtSign client, int most) {
    synchronized (running) {
      Map<SessionId, AtSign> all = new HashMap<>(opening);
      running.values().forEach(each -> all.put(each.id(), each.asked().client()));
      // Ids that were used are not remembered for ever; one in use would hide the session it names.
      if (all.containsKey(id) || Collections.frequency(all.values(), client) >= most) {
        return false;
      }
      opening.put(id, client);
      return true;
    }
  }

  /** Whether a session of that id runs or is being opened. */
  boolean isTaken(SessionId id) {
    synchronized (running) {
      return running.containsKey(id) || opening.containsKey(id);
    }
  }

  /** It runs now, and counts as such, or it came to nothing. */
  void release(SessionId id) {
    synchronized (running) {
      opening.remove(id);
    }
  }

  /** Keeps a session until it ends; one that comes after {@link #close} ends at once. */
  void add(DeviceSession session) {
    boolean late;
    synchronized (running) {
      late = closed;
      running.put(session.id(), session);
    }
    session.end().ended().thenAccept(why -> remove(session, why));
    if (late) {
      session.end("the device was stopped");
    }
  }

  private void remove(DeviceSession session, String why) {
    synchronized (running) {
      running.remove(session.id(), session);
    }
    ended.accept(session, session.why(why));
  }

  @Override
  public List<SessionFacts> running() {
    return snapshot().stream().map(DeviceSession::facts).toList();
  }

  int count() {
    synchronized (running) {
      return running.size();
    }
  }

  @Override
  public Optional<CompletionStage<SuiteChange>> rekey(SessionId id, Optional<Suite> suite) {
    return find(id).map(session -> session.end().rekey(suite));
  }

  @Override
  public boolean end(SessionId id, String reason) {
    Optional<DeviceSession> session;
    synchronized (running) {
      session = Optional.ofNullable(running.get(id));
    }
    session.ifPresent(found -> found.end(reason));
    return session.isPresent();
  }

  /** The session of that id, while it runs. */
  Optional<DeviceSession> find(SessionId id) {
    synchronized (running) {
      return Optional.ofNullable(running.get(id));
    }
  }

  /** What they were admitted by has changed. */
  void review() {
    snapshot().forEach(session -> session.end().review());
  }

  /** Ends all that run; others may follow. */
  void endAll(String reason) {
    snapshot().forEach(session -> session.end(reason));
  }

  /** Ends all, and whatever is still being opened. */
  void close(String reason) {
    synchronized (running) {
      closed = true;
    }
    snapshot().forEach(session -> session.end(reason));
  }

  /** Those that run. */
  List<DeviceSession> all() {
    return snapshot();
  }

  private List<DeviceSession> snapshot() {
    synchronized (running) {
      return List.copyOf(running.values());
    }
  }
}
