package org.noports.device;

import static org.noports.device.Step.step;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.noports.api.AtSign;
import org.noports.api.NoPortsException;
import org.noports.api.ProtocolViolation;
import org.noports.api.SessionRefused;
import org.noports.api.access.AccessDesk;
import org.noports.api.access.AccessWish;
import org.noports.api.atserver.AtServerSession;
import org.noports.api.atserver.Notification;
import org.noports.api.cipher.SignatureAlgorithm;
import org.noports.api.identity.Fingerprint;
import org.noports.api.pins.Pin;
import org.noports.api.tunnel.Level;
import org.noports.protocol.access.AccessAsk;
import org.noports.protocol.session.SignedEnvelope;

/**
 * Takes a client's request for access for a time ({@code access_request}, docs/protocol/access.md):
 * proves whose it is, and lays it on the {@link AccessDesk}, which answers. It opens nothing.
 * Whoever the desk does not hear is a stranger, to whom nothing is said and for whom nothing is
 * looked up.
 */
final class TakeAccessRequest {
  private final Neighbours neighbours;
  private final Receipts receipts;
  private final Executor thread;

  /**
   * @param thread may wait for the disk
   */
  TakeAccessRequest(Neighbours neighbours, Receipts receipts, Executor thread) {
    this.neighbours = neighbours;
    this.receipts = receipts;
    this.thread = thread;
  }

  void take(AtServerSession post, DeviceSettings device, Notification message) {
    AtSign client = message.from();
    Optional<AccessDesk> desk = neighbours.accessDesk().filter(here -> here.hears(client));
    if (desk.isEmpty()) {
      DeviceLog.unheard(device, client);
      return;
    }
    step((Notification it) -> SignedEnvelope.parse(it.value()))
        .apply(message)
        .thenCompose(
            signed ->
                post.publicKeyOf(client)
                    .thenComposeAsync(
                        step(key -> lay(desk.get(), device, client, signed, key)), thread))
        .whenComplete((wish, failure) -> conclude(device, client, failure));
  }

  private AccessWish lay(
      AccessDesk desk, DeviceSettings device, AtSign client, SignedEnvelope signed, String key)
      throws NoPortsException, Refusal {
    proven(device, client, signed, key);
    AccessWish wish = AccessAsk.parse(client, signed.payload()).wish();
    if (!wish.device().equals(device.address())) {
      throw new ProtocolViolation("access_request: it is for " + wish.device());
    }
    if (Guards.isOnList(device, wish.target())) {
      desk.take(wish);
    } else {
      desk.refuse(
          wish, device.address() + " lets nobody go to " + wish.target() + ": see its permitOpen");
      throw Refusal.silent("permit-open", wish.target() + " is not in this device's permitOpen");
    }
    return wish;
  }

  /** As a session's request is, by RSA: what it asks for is opened only by one that is proven. */
  private void proven(DeviceSettings device, AtSign client, SignedEnvelope signed, String key)
      throws NoPortsException, Refusal {
    boolean genuine =
        neighbours
            .ciphers()
            .signature(SignatureAlgorithm.RSA_2048_SHA_256)
            .verifies(key, signed.signedBytes(), signed.signatureBytes());
    if (!genuine) {
      throw Refusal.notVerified("the signature is not by the key that the atSign publishes");
    }
    if (device.pinClients()) {
      Map<String, Fingerprint> keys = Map.of(Pin.RSA_2048, Fingerprint.ofPublicKey(key));
      neighbours.pins().meet(client, Optional.empty(), keys);
      neighbours
          .pins()
          .keep(
              new Pin(client, Optional.empty(), keys, Level.L0, Instant.now(), Pin.FIRST_CONTACT));
    }
  }

  /** What came while nobody heard: its client was not told that it waits. */
  void tooLate(DeviceSettings device, Notification message) {
    if (neighbours.accessDesk().filter(here -> here.hears(message.from())).isPresent()) {
      String why = "it came " + message.age().toSeconds() + " s after it was sent";
      receipts.accessRefused(device, message.from(), "late", why);
    }
  }

  private void conclude(DeviceSettings device, AtSign client, Throwable failure) {
    if (failure == null) {
      return;
    }
    Throwable cause = Step.cause(failure);
    String rule =
        cause instanceof Refusal no
            ? no.rule()
            : cause instanceof ProtocolViolation
                ? "malformed"
                : cause instanceof SessionRefused ? "not-taken" : "not-kept";
    receipts.accessRefused(device, client, rule, String.valueOf(cause.getMessage()));
  }
}
