package org.noports.policy.remote;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.CipherUnavailable;
import org.noports.api.ConfigurationInvalid;
import org.noports.api.DeviceAddress;
import org.noports.api.IdentityUnusable;
import org.noports.api.NoPortsException;
import org.noports.api.PeerKeyChanged;
import org.noports.api.ProtocolViolation;
import org.noports.api.cipher.SignatureAlgorithm;
import org.noports.api.identity.Fingerprint;
import org.noports.api.pins.Pin;
import org.noports.api.policy.RuleBook;
import org.noports.api.tunnel.Level;

/**
 * Whether a snapshot can be believed: it is this policy's and for this device, signed by the key
 * that the policy had when it was met first, not older than the one that is there, not of the
 * future, and of rules that can be read. Each reason is told.
 */
final class BelieveSnapshot {
  /** By so much may two clocks differ. */
  static final Duration CLOCKS = Duration.ofMinutes(5);

  private final Neighbours neighbours;
  private final Clock clock;

  BelieveSnapshot(Neighbours neighbours, Clock clock) {
    this.neighbours = neighbours;
    this.clock = clock;
  }

  /** The rules of a snapshot that was read. */
  RuleBook check(
      SignedSnapshot signed, AtSign policy, DeviceAddress device, Optional<Instant> newest)
      throws NoPortsException {
    Instant at = signed.snapshot().at();
    if (!signed.snapshot().policy().equals(policy)) {
      throw no("it is of " + signed.snapshot().policy() + ", and here " + policy + " is asked");
    }
    if (!signed.snapshot().device().equals(device)) {
      throw no("it is for " + signed.snapshot().device() + ", and came for " + device);
    }
    genuine(signed, policy);
    if (newest.filter(at::isBefore).isPresent()) {
      throw no("it is of " + at + ", older than the one of " + newest.get() + " that is here");
    }
    if (at.isAfter(clock.instant().plus(CLOCKS))) {
      throw no("it is of " + at + ", which is still to come by the clock of this machine");
    }
    return neighbours.books().read("the snapshot of " + policy, signed.snapshot().book());
  }

  private void genuine(SignedSnapshot signed, AtSign policy)
      throws ProtocolViolation, CipherUnavailable, PeerKeyChanged, IdentityUnusable {
    boolean signedByKey =
        neighbours
            .ciphers()
            .signature(SignatureAlgorithm.RSA_2048_SHA_256)
            .verifies(
                signed.publicKey(),
                signed.envelope().signedBytes(),
                signed.envelope().signatureBytes());
    if (!signedByKey) {
      throw no("its signature is not by the key of " + policy);
    }
    Map<String, Fingerprint> keys =
        Map.of(Pin.RSA_2048, Fingerprint.ofPublicKey(signed.publicKey()));
    neighbours.pins().meet(policy, Optional.empty(), keys);
    neighbours
        .pins()
        .keep(
            new Pin(policy, Optional.empty(), keys, Level.L0, clock.instant(), Pin.FIRST_CONTACT));
  }

  private static ProtocolViolation no(String why) {
    return new ProtocolViolation("policy snapshot: " + why);
  }

  /** Why not, as one sentence. */
  static String reason(NoPortsException refusal) {
    return refusal instanceof ConfigurationInvalid unreadable
        ? "policy snapshot: its rules cannot be read: " + unreadable.getMessage()
        : refusal.getMessage();
  }
}
