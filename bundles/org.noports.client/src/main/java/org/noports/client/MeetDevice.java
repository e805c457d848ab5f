package org.noports.client;

import static org.noports.client.Step.step;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.noports.api.DeviceAddress;
import org.noports.api.NoPortsException;
import org.noports.api.PeerKeyChanged;
import org.noports.api.PeerUnverified;
import org.noports.api.identity.Fingerprint;
import org.noports.api.pins.Pin;
import org.noports.api.tunnel.Level;
import org.noports.protocol.np2.Np2Signing;

/**
 * Compares the key that the device's atSign publishes with what is known of it, before it is told
 * anything of what is asked for; a step of OpenTunnel. Keeps what was learnt once it has proven
 * itself.
 */
final class MeetDevice {
  private final Neighbours neighbours;
  private final Executor work;

  MeetDevice(Neighbours neighbours, Executor work) {
    this.neighbours = neighbours;
    this.work = work;
  }

  /**
   * The device's atSign as it presents itself, not contradicted by what is known.
   *
   * @param publicKey base64 X.509
   * @param known what is known of it; empty at first contact
   */
  record Met(String publicKey, Optional<Pin> known) {
    Fingerprint fingerprint() {
      return Fingerprint.ofPublicKey(publicKey);
    }

    /** The level below which nothing is agreed with this device. */
    Level lowest() {
      return known.map(Pin::lowest).orElse(Level.L0);
    }
  }

  CompletionStage<Met> meet(Attempt attempt, Self self) {
    DeviceAddress device = attempt.request().device();
    return attempt
        .pending(self.post().publicKeyOf(device.atSign()))
        .thenComposeAsync(step(key -> compared(attempt, key)), work);
  }

  private Met compared(Attempt attempt, String publicKey) throws NoPortsException {
    DeviceAddress device = attempt.request().device();
    Fingerprint now = fingerprint(device, publicKey);
    Optional<String> expected = attempt.request().expect();
    if (expected.isPresent() && !now.isWritten(expected.get())) {
      throw new PeerKeyChanged(
          "The key of "
              + device.atSign()
              + " has the fingerprint "
              + now
              + ", and "
              + expected.get()
              + " was expected (--expect, or expect in the tunnel's file): either that was mistyped, or somebody stands in the"
              + " middle; its owner sees the right one with noports:keys-show");
    }
    return new Met(
        publicKey,
        neighbours
            .pins()
            .meet(device.atSign(), Optional.of(device.name()), Map.of(Pin.RSA_2048, now)));
  }

  private static Fingerprint fingerprint(DeviceAddress device, String publicKey)
      throws PeerUnverified {
    try {
      return Fingerprint.ofPublicKey(publicKey);
    } catch (IllegalArgumentException e) {
      throw new PeerUnverified(
          "What the atServer of " + device.atSign() + " publishes as its key is none", e);
    }
  }

  /** Whether the device is known as one that does no less than {@code level}. */
  boolean knownFor(Attempt attempt, Level level) throws NoPortsException {
    DeviceAddress device = attempt.request().device();
    return neighbours.pins().all().stream()
        .anyMatch(
            pin ->
                pin.peer().equals(device.atSign())
                    && (pin.device().isEmpty() || pin.device().get().equals(device.name()))
                    && pin.lowest().compareTo(level) >= 0);
  }

  /**
   * It has proven itself at {@code level}.
   *
   * @param signs the key that it signs with beside RSA
   */
  void keep(Attempt attempt, Met met, Level level, Optional<Np2Signing.Key> signs)
      throws NoPortsException {
    DeviceAddress device = attempt.request().device();
    Map<String, Fingerprint> keys = new TreeMap<>();
    keys.put(Pin.RSA_2048, met.fingerprint());
    signs.ifPresent(key -> keys.put(Pin.mlDsa65(key.signer()), key.fingerprint()));
    neighbours
        .pins()
        .keep(
            new Pin(
                device.atSign(),
                Optional.of(device.name()),
                keys,
                floor(level),
                Instant.now(),
                attempt.request().expect().isPresent() ? Pin.EXPECTED : Pin.FIRST_CONTACT));
  }

  /**
   * Once NP2, always NP2. Not once L3, always L3: which suite is signed by both ends, and a cipher
   * bundle may be taken away for good reasons; who wants more says so in a fleet's file.
   */
  private static Level floor(Level level) {
    return level.compareTo(Level.L2) > 0 ? Level.L2 : level;
  }
}
