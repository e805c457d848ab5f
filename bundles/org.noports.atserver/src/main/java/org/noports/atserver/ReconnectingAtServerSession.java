package org.noports.atserver;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.noports.api.AtServerUnavailable;
import org.noports.api.AtSign;
import org.noports.api.EnrollmentEnded;
import org.noports.api.NoPortsException;
import org.noports.api.Subscription;
import org.noports.api.atserver.AtServerSession;
import org.noports.api.atserver.Lifetime;
import org.noports.api.atserver.Notification;
import org.noports.api.atserver.OutgoingNotification;
import org.noports.atserver.AuthenticatedDialer.Opened;
import org.noports.protocol.verb.Monitor;

/**
 * One of our atSigns at its atServer, over several connections: one for commands, one on which it
 * is told what happens, and some for look-ups at other atServers. In the control path after the
 * directory: every message between atSigns goes through here.
 */
final class ReconnectingAtServerSession implements AtServerSession, ReconnectingLink.Observer {
  private static final String COMMANDS = "commands";
  private static final String NOTIFICATIONS = "notifications";
  private static final String LOOKUPS = "look-ups";

  private final Surroundings surroundings;
  private final AtSign self;
  private final Consumer<EnrollmentEnded> over;
  private final EventLoop loop;
  private final AuthenticatedDialer dialer;
  private final ReconnectingLink commandLink;
  private final ReconnectingLink monitorLink;
  private final LookupLinks lookups;
  private final AtServerTime time;
  private final HearingProbe hearing;
  private final Heard heard;
  private final NotificationInbox inbox;
  private final Mail mail;
  private final Values values;
  private final PublishAuthenticationKey publishing;
  private final Outages outages;

  /**
   * @param over hears, once, that our keys are taken no more; the session is closed then
   */
  ReconnectingAtServerSession(
      Surroundings surroundings, AtSign self, Consumer<EnrollmentEnded> over) {
    this.surroundings = surroundings;
    this.self = self;
    this.over = over;
    this.outages = new Outages(self);
    this.loop = surroundings.loops().next();
    this.dialer = new AuthenticatedDialer(surroundings, self, loop);
    this.commandLink = new ReconnectingLink(COMMANDS, loop, this::dialCommands, this);
    this.monitorLink = new ReconnectingLink(NOTIFICATIONS, loop, this::dialMonitor, this);
    Commands commands = new Commands(self, loop, commandLink);
    this.lookups =
        new LookupLinks(
            commands, () -> new ReconnectingLink(LOOKUPS, loop, this::dialCommands, this));
    SharedKeys sharedKeys = new SharedKeys(commands, lookups);
    Records records = new Records(commands, lookups, loop);
    Codecs codecs = new Codecs(surroundings, records, loop);
    SenderKeys senderKeys = new SenderKeys(commands, lookups, codecs);
    Sealing sealing = new Sealing(sharedKeys, codecs);
    this.time = new AtServerTime(surroundings.clock(), System::nanoTime);
    this.hearing = new HearingProbe(commands, time, surroundings::settings, loop);
    Ages ages = new Ages(time, hearing, surroundings.clock(), loop);
    this.heard =
        new Heard(
            self,
            surroundings.settings().state().map(folder -> new HeardFile(folder, self)),
            surroundings.blocking(),
            loop);
    this.inbox = new NotificationInbox(self, senderKeys, heard, ages, hearing, loop);
    this.mail = new Mail(commands, sealing);
    this.values = new Values(commands, records, sharedKeys, senderKeys, sealing);
    this.publishing = new PublishAuthenticationKey(commands);
  }

  /** Opens what a session cannot be without; it closes if that fails. */
  CompletableFuture<AtServerSession> open() {
    return onLoop(this::openBoth)
        .<AtServerSession>thenApply(both -> this)
        .exceptionallyCompose(
            failure -> {
              NoPortsException reason = Failures.of("atServer of " + self, failure);
              close(reason);
              return CompletableFuture.failedFuture(reason);
            });
  }

  private CompletableFuture<Opened> openBoth() {
    CompletableFuture<Opened> first = commandLink.connection();
    CompletableFuture<Opened> second = monitorLink.connection();
    lookups.warm();
    return first.thenCompose(commands -> second);
  }

  private CompletableFuture<Opened> dialCommands() {
    return dialer.open(Pushes.NONE).thenApplyAsync(this::keptAlive, loop);
  }

  private CompletableFuture<Opened> dialMonitor() {
    return heard
        .load()
        .thenCompose(loaded -> dialer.open(inbox))
        .thenComposeAsync(
            opened ->
                opened
                    .connection()
                    .tell(Monitor.since(heard.since()))
                    .thenApplyAsync(told -> keptAlive(opened), loop),
            loop);
  }

  private Opened keptAlive(Opened opened) {
    opened.connection().keepAlive(surroundings.settings().heartbeat());
    return opened;
  }

  @Override
  public void up(String role, Opened opened) {
    outages.up(role, opened.connection().peer());
    if (role.equals(COMMANDS)) {
      publishing.publish(opened.identity());
    }
    if (role.equals(NOTIFICATIONS)) {
      hearing.over(opened.connection());
    }
  }

  @Override
  public void down(String role, NoPortsException reason, boolean wasUp, Duration pause) {
    outages.down(role, reason.getMessage(), wasUp, pause);
    if (reason instanceof EnrollmentEnded ended) {
      endedByAtServer(ended);
    } else {
      forgetAddress();
    }
  }

  /** Nothing is gained by asking again: whoever wants a session opens another one. */
  private void endedByAtServer(EnrollmentEnded reason) {
    close(reason);
    over.accept(reason);
  }

  /** The atServer may have moved. */
  private void forgetAddress() {
    try {
      surroundings.directory().forget(self);
    } catch (NoPortsException e) {
      AtServerLog.stillDisconnected(self, "the directory", e.getMessage());
    }
  }

  /** This machine or its network is not as it was: tests and dials at once. */
  void woken() {
    loop.execute(
        () -> {
          commandLink.wake();
          monitorLink.wake();
          lookups.wake();
          hearing.now();
        });
  }

  /** Ends both connections for good. */
  void close(NoPortsException reason) {
    loop.execute(
        () -> {
          commandLink.close(reason);
          monitorLink.close(reason);
          lookups.close(reason);
        });
  }

  LinkState commandState() {
    return commandLink.state();
  }

  LinkState monitorState() {
    return monitorLink.state();
  }

  @Override
  public AtSign self() {
    return self;
  }

  /** By how much this machine's clock is ahead of our atServer's; empty while that is not known. */
  Optional<Duration> clockAhead() {
    return time.ahead();
  }

  /** Why a restart will not know what was heard; empty if it will. */
  Optional<String> forgetful() {
    return heard.failing();
  }

  @Override
  public boolean connected() {
    return deaf().isEmpty();
  }

  @Override
  public Optional<String> deaf() {
    if (!monitorState().up()) {
      return Optional.of("no connection for notifications " + monitorState().trouble());
    }
    if (!commandState().up()) {
      return Optional.of("no connection for commands " + commandState().trouble());
    }
    return hearing
        .deaf()
        .map(
            deaf ->
                "no notifications since " + LinkState.seconds(deaf.since()) + ": " + deaf.why());
  }

  @Override
  public CompletionStage<String> notify(OutgoingNotification notification) {
    return onLoop(() -> mail.send(notification));
  }

  @Override
  public Subscription subscribe(Predicate<String> wanted, Consumer<Notification> listener) {
    return inbox.subscribe(wanted, listener);
  }

  @Override
  public CompletionStage<String> publicKeyOf(AtSign atSign) {
    return onLoop(() -> values.publicKeyOf(atSign));
  }

  @Override
  public CompletionStage<String> lookUpPublic(String name, AtSign owner) {
    return onLoop(() -> values.lookUpPublic(name, owner));
  }

  @Override
  public CompletionStage<Void> putPublic(String name, String value) {
    return onLoop(() -> values.putPublic(name, value));
  }

  @Override
  public CompletionStage<Void> putShared(
      String name, AtSign reader, String value, Lifetime lifetime) {
    return onLoop(() -> values.putShared(name, reader, value, lifetime));
  }

  @Override
  public CompletionStage<String> lookUpShared(String name, AtSign owner) {
    return onLoop(() -> values.lookUpShared(name, owner));
  }

  @Override
  public CompletionStage<Boolean> putIfAbsent(String name, String value, Lifetime lifetime) {
    return onLoop(() -> values.putIfAbsent(name, value, lifetime));
  }

  @Override
  public CompletionStage<Void> deleteShared(String name, AtSign reader) {
    return onLoop(() -> values.deleteShared(name, reader));
  }

  @Override
  public CompletionStage<List<String>> scan(String regex) {
    return onLoop(() -> values.scan(regex));
  }

  /**
   * Runs work on the loop, where all state lives; its result completes there, named if it fails.
   */
  private <T> CompletableFuture<T> onLoop(java.util.function.Supplier<CompletableFuture<T>> work) {
    if (loop.isShuttingDown()) {
      return CompletableFuture.failedFuture(
          new AtServerUnavailable("The session of " + self + " is closed: this part stops"));
    }
    return CompletableFuture.supplyAsync(work, loop)
        .thenCompose(result -> result)
        .exceptionallyCompose(
            failure -> CompletableFuture.failedFuture(named(Failures.unwrapped(failure))));
  }

  private static Throwable named(Throwable failure) {
    return failure instanceof Unsent unsent ? unsent.reason() : failure;
  }
}
