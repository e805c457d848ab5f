package org.noports.relay.server;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.noports.api.AtSign;
import org.noports.api.ProtocolViolation;
import org.noports.api.SessionId;
import org.noports.api.SessionRefused;
import org.noports.api.atserver.AtServerSession;
import org.noports.api.atserver.Lifetime;
import org.noports.api.atserver.Notification;
import org.noports.api.atserver.OutgoingNotification;
import org.noports.api.relay.RelaySessions.Carried;
import org.noports.protocol.session.AuthModes;
import org.noports.protocol.session.MessageNames;
import org.noports.protocol.session.RelayDiscovery;
import org.noports.protocol.session.RelayReply;
import org.noports.protocol.session.RelayRequest;

/**
 * What clients ask of the relay (docs/protocol/noports.md 2.7): a request for ports is checked,
 * becomes a {@link RelaySession}, and is answered; a client's word on how the sides authenticate is
 * passed on to its session.
 *
 * <p>Requests are decided on the control loop, one after the other, so that limits hold.
 */
final class RelayRequests {
  /** 24 base64 characters: as opaque as the reference's timestamp, and not to be guessed. */
  private static final int NONCE_BYTES = 18;

  /** As long as the reference's: longer than any relay takes to decide. */
  private static final Lifetime MUTEX = Lifetime.of(Duration.ofSeconds(30));

  private final EventLoop control;
  private final RelayContext context;
  private final Supplier<Optional<RelaySettings>> settings;
  private final Map<SessionId, RelaySession> live = new ConcurrentHashMap<>();

  RelayRequests(
      EventLoop control, RelayContext context, Supplier<Optional<RelaySettings>> settings) {
    this.control = control;
    this.context = context;
    this.settings = settings;
  }

  /** Takes a notification in the relays' namespace; any thread. */
  void hear(Notification heard) {
    control.execute(
        () -> {
          String message = MessageNames.ofRelay(heard.name()).orElse("");
          switch (message.substring(message.lastIndexOf('.') + 1)) {
            case MessageNames.REQUEST_PORTS -> ports(heard);
            case MessageNames.AUTH_MODES -> authModes(heard);
            case MessageNames.DISCOVER_REQUEST -> discover(heard.from());
            default -> other(heard, message);
          }
        });
  }

  private void other(Notification heard, String message) {
    if (message.indexOf('.') < 0 && !message.isEmpty()) {
      // The oldest clients: a bare session id, and no side authenticates.
      RelayLog.unheard(
          heard.from(), heard.name(), "a bare session id is refused; the client must be updated");
    }
  }

  /** Who chooses a relay wants to know where it is. */
  private void discover(AtSign from) {
    settings
        .get()
        .filter(at -> at.clients().map(served -> served.contains(from)).orElse(true))
        .ifPresent(
            at ->
                tell(
                    from,
                    MessageNames.DISCOVER_RESPONSE,
                    new RelayDiscovery(at.address(), at.singlePortTold()).toJson(),
                    () -> {}));
  }

  private void ports(Notification heard) {
    Optional<RelaySettings> now = settings.get();
    if (now.isEmpty()) {
      return;
    }
    if (heard.late()) {
      String why =
          "it came " + heard.age().toSeconds() + " s after it was sent: nobody waits any more";
      RelayLog.unheard(heard.from(), heard.name(), why);
      context.audit().refused(now.get().atSign(), heard.from(), "late", why);
      return;
    }
    RelayRequest request;
    try {
      request = RelayRequest.parse(heard.value());
    } catch (ProtocolViolation e) {
      RelayLog.unheard(heard.from(), heard.name(), e.getMessage());
      context.audit().refused(now.get().atSign(), heard.from(), "unreadable", e.getMessage());
      return;
    }
    if (now.get().sharedAtSign()) {
      elect(heard.from(), request, now.get());
    } else {
      decide(heard.from(), request, now.get());
    }
  }

  /** Of several relays with one atSign the first to write the session's mutex answers. */
  private void elect(AtSign from, RelayRequest request, RelaySettings at) {
    Optional<AtServerSession> atServer = context.atServer().get();
    if (atServer.isEmpty() || !Admission.hasRoom(at, live.values())) {
      RelayLog.left(from, request.sessionId());
      return;
    }
    atServer
        .get()
        .putIfAbsent(MessageNames.relayMutex(request.sessionId()), "lock", MUTEX)
        .whenCompleteAsync(
            (first, failure) -> {
              if (failure == null && first) {
                decide(from, request, at);
              } else {
                RelayLog.left(from, request.sessionId());
              }
            },
            control);
  }

  private void decide(AtSign from, RelayRequest request, RelaySettings at) {
    try {
      Admission.check(from, request, at, live.values());
      if (!makesRoom(from, request, at)) {
        open(request, SessionTerms.of(request, nonce()), at);
      }
    } catch (SessionRefused e) {
      refuse(at, from, request, e.getMessage());
    }
  }

  /** Whether a client with too many sessions has a deserted one, which is ended first. */
  private boolean makesRoom(AtSign from, RelayRequest request, RelaySettings at)
      throws SessionRefused {
    try {
      Admission.withinLimits(from, request, at, live.values());
      return false;
    } catch (SessionRefused tooMany) {
      Admission.deserted(from, live.values())
          .orElseThrow(() -> tooMany)
          .end("nobody had come, and its client asked for another")
          .thenRunAsync(() -> decide(from, request, at), control);
      return true;
    }
  }

  private String nonce() {
    byte[] random = new byte[NONCE_BYTES];
    context.random().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  private void open(RelayRequest request, SessionTerms terms, RelaySettings at) {
    RelaySession session = new RelaySession(context, terms, at, ended -> ended(terms, ended));
    live.put(terms.id(), session);
    session
        .open()
        .whenComplete(
            (ports, failure) -> {
              if (failure == null) {
                answer(request, session, ports);
              } else {
                String reason = Causes.of(failure).getMessage();
                session.end(reason).thenRun(() -> refuse(at, request.client(), request, reason));
              }
            });
  }

  private void ended(SessionTerms terms, RelaySession session) {
    live.remove(terms.id(), session);
    if (live.values().stream().noneMatch(one -> one.terms().client().equals(terms.client()))) {
      context.quotas().forgetPaid();
    }
    if (live.isEmpty() && settings.get().filter(RelaySettings::draining).isPresent()) {
      RelayLog.drained(session.settings().atSign());
    }
  }

  private void answer(RelayRequest request, RelaySession session, RelaySession.Ports ports) {
    RelayLog.opened(session.carried());
    context.audit().opened(session.settings().atSign(), session.carried());
    session.preFetch(request.preFetch());
    RelayReply reply =
        new RelayReply(
            session.settings().address(),
            ports.client(),
            ports.device(),
            session.terms().line().rvdNonce(),
            false,
            true);
    tell(
        request.client(),
        MessageNames.relayReply(request.sessionId()),
        request.sendJsonResponse() ? reply.toJson() : reply.toFields(),
        () -> session.end("its client could not be answered"));
  }

  private void refuse(RelaySettings at, AtSign from, RelayRequest request, String reason) {
    RelayLog.refused(from, request.sessionId().toString(), reason);
    context.audit().refused(at.atSign(), from, request.sessionId().toString(), reason);
    if (request.multipleAcksOk()) {
      // Only these clients know refusals; the others would take it for an answer.
      tell(from, MessageNames.relayNack(request.sessionId()), reason, () -> {});
    }
  }

  private void tell(AtSign client, String name, String value, Runnable whenLost) {
    Optional<AtServerSession> atServer = context.atServer().get();
    if (atServer.isEmpty()) {
      RelayLog.notAnswered(client, name, "the relay is not connected to its atServer");
      whenLost.run();
      return;
    }
    atServer
        .get()
        .notify(OutgoingNotification.ofSession(client, name, value))
        .whenComplete(
            (id, failure) -> {
              if (failure != null) {
                RelayLog.notAnswered(client, name, Causes.of(failure).getMessage());
                whenLost.run();
              }
            });
  }

  private void authModes(Notification heard) {
    try {
      AuthModes modes = AuthModes.parse(heard.value());
      RelaySession session = live.get(modes.sessionId());
      if (session == null
          || !session.terms().client().equals(heard.from())
          || !session.terms().line().rvdNonce().equals(modes.rvdNonce())) {
        RelayLog.unheard(heard.from(), heard.name(), "it is about no session of this client");
        return;
      }
      session.announced(modes.client(), modes.device());
    } catch (ProtocolViolation e) {
      RelayLog.unheard(heard.from(), heard.name(), e.getMessage());
    }
  }

  /** A live session; any thread. */
  Optional<RelaySession> find(SessionId id) {
    return Optional.ofNullable(live.get(id));
  }

  /** The sessions that hold ports now; any thread. */
  List<Carried> carried() {
    return live.values().stream()
        .map(RelaySession::carried)
        .filter(session -> session.clientPort() != 0)
        .toList();
  }

  /** Ends all sessions; any thread. */
  void endAll(String reason) {
    live.values().forEach(session -> session.end(reason));
  }
}
