package org.noports.device;

import static org.noports.device.Step.step;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.noports.api.CipherUnavailable;
import org.noports.api.NoPortsException;
import org.noports.api.cipher.KeyDerivation;
import org.noports.protocol.np2.Np2Offer;

/**
 * Lets a session go on that has lost its link, through whatever relay its client found
 * (docs/protocol/np2.md 9); steps of {@link AdmitSession}, after all that a new session has to
 * pass: the policy was asked again, and the client's key was read again.
 */
final class ResumeInPlace {
  private final Neighbours neighbours;
  private final AdmitLink links;
  private final DeviceSessions sessions;
  private final AgreeNp2 np2;
  private final Answers answers;
  private final Executor thread;

  ResumeInPlace(
      Neighbours neighbours,
      AdmitLink links,
      DeviceSessions sessions,
      Answers answers,
      AgreeNp2 np2,
      Executor thread) {
    this.neighbours = neighbours;
    this.links = links;
    this.sessions = sessions;
    this.np2 = np2;
    this.answers = answers;
    this.thread = thread;
  }

  /** A session that is to go on. */
  private record Found(Permitted request, DeviceSession session) {}

  /** Whether this is no request for a session of its own. */
  static boolean isWanted(Permitted request) {
    return request.asked().offer().flatMap(Np2Offer::resumption).isPresent();
  }

  /** Completes when the client has proven itself on the new link. */
  CompletionStage<DeviceSession> resume(Permitted permitted) {
    return CompletableFuture.completedStage(permitted)
        .thenCompose(step(this::find))
        .thenCompose(step(this::proven))
        .thenComposeAsync(this::relink, thread);
  }

  private Found find(Permitted permitted) throws Refusal {
    Asked asked = permitted.asked();
    Np2Offer.Resumption wanted = asked.offer().flatMap(Np2Offer::resumption).orElseThrow();
    Optional<DeviceSession> session =
        sessions
            .find(wanted.session())
            .filter(found -> found.asked().client().equals(asked.client()))
            .filter(found -> found.asked().target().equals(asked.target()))
            .filter(found -> found.resumable().isPresent());
    return new Found(
        permitted, session.orElseThrow(() -> Refusal.gone(wanted.session(), "is not known here")));
  }

  private Found proven(Found found) throws NoPortsException, Refusal {
    Asked asked = found.request().asked();
    Np2Offer.Resumption wanted = asked.offer().flatMap(Np2Offer::resumption).orElseThrow();
    Resumable secret = found.session().resumable().orElseThrow();
    if (!secret.accept(derivation(), asked.envelope().payload(), wanted.counter())) {
      throw Refusal.gone(wanted.session(), "was not proven, or this is a copy of an older request");
    }
    return found;
  }

  private KeyDerivation derivation() throws CipherUnavailable {
    return neighbours.ciphers().keyDerivation(KeyDerivation.SHA_256);
  }

  private CompletionStage<DeviceSession> relink(Found found) {
    return step(this::begin).apply(found).thenCompose(done -> done);
  }

  private CompletionStage<DeviceSession> begin(Found found) throws NoPortsException, Refusal {
    Asked asked = found.request().asked();
    DeviceSession session = found.session();
    AgreeNp2.Agreed agreed =
        np2.agree(found.request(), session.resumable())
            .orElseThrow(() -> Refusal.notOpened("nothing that both can do is present any more"));
    RelayAccess leg;
    try {
      leg =
          RelayAccess.of(
              neighbours,
              neighbours.identities().identity(asked.device().address().atSign()),
              links.of(found.request(), session));
    } catch (NoPortsException e) {
      agreed.keys().close();
      throw e;
    }
    // The session is proven by its first handshake's secret for as long as it lives.
    agreed.keys().resume().close();
    agreed.keys().export().close();
    session.end().ended().thenRun(leg::close);
    leg.links().forgetUntold();
    CompletionStage<Void> linked = session.end().relink(leg, agreed.keys());
    return answers
        .yes(found.request(), agreed.payload())
        .thenCompose(sent -> linked)
        .thenApply(
            carried -> {
              session.resumed(leg.relay(), agreed.step(), agreed.signers());
              return session;
            })
        .exceptionallyCompose(
            failure ->
                CompletableFuture.failedFuture(
                    leg.links().refusal().<Throwable>map(no -> no).orElse(failure)));
  }
}
