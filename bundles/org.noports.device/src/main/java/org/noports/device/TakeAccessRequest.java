package org.noports.device;

import static org.noports.device.Step.step;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.noports.api.AtSign;
import org.noports.api.NoPortsException;
import org.noports.api.PeerKeyChanged;
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
   * @param thread waits for the disk, so it is none that sessions need
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
    proven(signed, key);
    Pin pin = pin(client, key);
    known(device, pin);
    AccessWish wish = AccessAsk.parse(client, signed.payload()).wish();
    if (!wish.device().equals(device.address())) {
      throw new ProtocolViolation("access_request: it is for " + wish.device());
    }
    if (Guards.isOnList(device, wish.target())) {
      desk.take(wish);
      learn(device, pin);
    } else {
      desk.refuse(
          wish, device.address() + " lets nobody go to " + wish.target() + ": see its permitOpen");
      throw Refusal.silent("permit-open", wish.target() + " is not in this device's permitOpen");
    }
    return wish;
  }

  /** As a session's request is, by RSA: what it asks for is opened only by one that is proven. */
  private void proven(SignedEnvelope signed, String key) throws NoPortsException, Refusal {
    boolean genuine =
        neighbours
            .ciphers()
            .signature(SignatureAlgorithm.RSA_2048_SHA_256)
            .verifies(key, signed.signedBytes(), signed.signatureBytes());
    if (!genuine) {
      throw Refusal.notVerified("the signature is not by the key that the atSign publishes");
    }
  }

  private static Pin pin(AtSign client, String key) {
    Map<String, Fingerprint> keys = Map.of(Pin.RSA_2048, Fingerprint.ofPublicKey(key));
    return new Pin(client, Optional.empty(), keys, Level.L0, Instant.now(), Pin.FIRST_CONTACT);
  }

  private void known(DeviceSettings device, Pin pin) throws NoPortsException, Refusal {
    if (!device.pinClients()) {
      return;
    }
    try {
      neighbours.pins().meet(pin.peer(), pin.device(), pin.keys());
    } catch (PeerKeyChanged e) {
      throw Refusal.keyChanged(e.getMessage());
    }
  }

  /** Of nobody but who was taken: where all may ask, it would be everybody, for ever. */
  private void learn(DeviceSettings device, Pin pin) throws NoPortsException, Refusal {
    if (!device.pinClients()) {
      return;
    }
    try {
      neighbours.pins().keep(pin);
    } catch (PeerKeyChanged e) {
      throw Refusal.keyChanged(e.getMessage());
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
    receipts.accessRefused(device, client, rule(cause), words(cause));
  }

  private static String rule(Throwable cause) {
    if (cause instanceof Refusal no) {
      return no.rule();
    }
    if (cause instanceof RejectedExecutionException) {
      return "too-many";
    }
    return cause instanceof ProtocolViolation
        ? "malformed"
        : cause instanceof SessionRefused ? "not-taken" : "not-kept";
  }

  private static String words(Throwable cause) {
    return cause instanceof RejectedExecutionException
        ? "too many requests for access come at once, or the device stops"
        : String.valueOf(cause.getMessage());
  }
}
