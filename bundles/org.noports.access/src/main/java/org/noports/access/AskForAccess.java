package org.noports.access;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.DeviceOffline;
import org.noports.api.NoPortsException;
import org.noports.api.PeerUnverified;
import org.noports.api.SessionRefused;
import org.noports.api.Subscription;
import org.noports.api.Target;
import org.noports.api.access.AccessRequests;
import org.noports.api.access.AccessWish;
import org.noports.api.atserver.AtServerSession;
import org.noports.api.atserver.Notification;
import org.noports.api.atserver.OutgoingNotification;
import org.noports.api.cipher.SignatureAlgorithm;
import org.noports.api.identity.Fingerprint;
import org.noports.api.identity.Identity;
import org.noports.api.pins.Pin;
import org.noports.protocol.access.AccessAsk;
import org.noports.protocol.access.AccessSaid;
import org.noports.protocol.session.MessageNames;
import org.noports.protocol.session.SignedEnvelope;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Asks a device for access and believes what it says only if it is from the device, signed by the
 * key that it is known by, and about this request (docs/protocol/access.md).
 */
@Component(service = AccessRequests.class)
public final class AskForAccess implements AccessRequests {
  /** A device that is there answers within the time that sessions wait, too. */
  private static final Duration ANSWERED = Duration.ofSeconds(20);

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Neighbours neighbours;
  private final Duration within;

  @Activate
  public AskForAccess(@Reference Neighbours neighbours) {
    this(neighbours, ANSWERED);
  }

  /** For tests, which wait for less. */
  AskForAccess(Neighbours neighbours, Duration within) {
    this.neighbours = neighbours;
    this.within = within;
  }

  @Override
  public CompletionStage<Asked> ask(
      AtSign self, DeviceAddress device, Target target, Duration length, String reason) {
    byte[] random = new byte[16];
    RANDOM.nextBytes(random);
    AccessWish wish =
        new AccessWish(HexFormat.of().formatHex(random), self, device, target, length, reason);
    try {
      Identity identity = neighbours.identities().identity(self);
      String text =
          SignedEnvelope.sign(new AccessAsk(wish).toJson(), identity::signAsEncryption).toText();
      return neighbours
          .atServers()
          .session(self)
          .thenCompose(post -> new Waiting(post, wish).ask(text));
    } catch (NoPortsException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** One request, from the asking until it is decided or nobody waits any more. */
  private final class Waiting {
    private final AtServerSession post;
    private final AccessWish wish;
    private final CompletableFuture<Asked> asked = new CompletableFuture<>();
    private final CompletableFuture<Instant> granted = new CompletableFuture<>();

    Waiting(AtServerSession post, AccessWish wish) {
      this.post = post;
      this.wish = wish;
    }

    CompletionStage<Asked> ask(String text) {
      String answers = MessageNames.accessAnswer(wish.device().name());
      Subscription hearing = post.subscribe(answers::equals, this::hear);
      granted.whenComplete((until, failure) -> hearing.close());
      // Who is told that it failed finds nobody listening for an answer any more.
      CompletionStage<Asked> over =
          asked
              .orTimeout(within.toMillis(), TimeUnit.MILLISECONDS)
              .whenComplete(
                  (taken, failure) -> {
                    if (failure != null) {
                      granted.cancel(false);
                    }
                  });
      post.notify(
              OutgoingNotification.ofSession(
                  wish.device().atSign(), MessageNames.accessRequest(wish.device().name()), text))
          .whenComplete(
              (id, failure) -> {
                if (failure != null) {
                  asked.completeExceptionally(cause(failure));
                }
              });
      return over.handle(this::named).thenCompose(it -> it);
    }

    private CompletionStage<Asked> named(Asked taken, Throwable failure) {
      if (failure == null) {
        return CompletableFuture.completedFuture(taken);
      }
      return CompletableFuture.failedFuture(
          cause(failure) instanceof TimeoutException
              ? new DeviceOffline(
                  wish.device()
                      + " did not answer within "
                      + within.toSeconds()
                      + " s: it is off, or takes no requests for access of "
                      + wish.client()
                      + " ('askers' in its etc/org.noports.access.cfg)")
              : cause(failure));
    }

    private void hear(Notification message) {
      if (!message.from().equals(wish.device().atSign())) {
        return;
      }
      try {
        SignedEnvelope signed = SignedEnvelope.parse(message.value());
        AccessSaid said = AccessSaid.parse(signed.payload());
        if (said.id().equals(wish.id()) && said.device().equals(wish.device().name())) {
          post.publicKeyOf(message.from())
              .whenCompleteAsync((key, failure) -> believe(signed, said, key, failure));
        }
      } catch (NoPortsException e) {
        // What cannot be read answers nobody; the one that can be is still waited for.
      }
    }

    private void believe(SignedEnvelope signed, AccessSaid said, String key, Throwable failure) {
      try {
        if (failure != null) {
          throw new PeerUnverified(
              "The key of "
                  + wish.device()
                  + " cannot be looked up: "
                  + cause(failure).getMessage());
        }
        genuine(signed, key);
        conclude(said);
      } catch (NoPortsException e) {
        fail(e);
      }
    }

    private void genuine(SignedEnvelope signed, String key) throws NoPortsException {
      boolean ours =
          neighbours
              .ciphers()
              .signature(SignatureAlgorithm.RSA_2048_SHA_256)
              .verifies(key, signed.signedBytes(), signed.signatureBytes());
      if (!ours) {
        throw new PeerUnverified(
            "The answer of " + wish.device() + " is not signed by the key that it publishes");
      }
      neighbours
          .pins()
          .meet(
              wish.device().atSign(),
              Optional.of(wish.device().name()),
              Map.of(Pin.RSA_2048, Fingerprint.ofPublicKey(key)));
    }

    private void conclude(AccessSaid said) {
      switch (said.word()) {
        case WAITING -> asked.complete(new Asked(wish, granted));
        case GRANTED -> {
          asked.complete(new Asked(wish, granted));
          granted.complete(said.until().orElseThrow());
        }
        case DENIED ->
            fail(
                new SessionRefused(
                    wish.device()
                        + " denies access to "
                        + wish.target()
                        + (said.reason().isEmpty() ? "" : ": " + said.reason())));
      }
    }

    private void fail(NoPortsException why) {
      if (!asked.completeExceptionally(why)) {
        granted.completeExceptionally(why);
      }
    }
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? cause(failure.getCause())
        : failure;
  }
}
