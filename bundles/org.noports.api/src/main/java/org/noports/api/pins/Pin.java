package org.noports.api.pins;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.noports.api.AtSign;
import org.noports.api.DeviceName;
import org.noports.api.identity.Fingerprint;
import org.noports.api.tunnel.Level;

/**
 * One peer as it is known here: whoever claims to be it with another key, or at a lower level, is
 * refused.
 *
 * @param peer the atSign
 * @param device the device under it; empty for a client, and for what holds for the whole atSign
 * @param keys fingerprint of its signing key, by kind of signature: {@link #RSA_2048}, and where it
 *     was seen {@link #ML_DSA_65}, behind which a client's other programs are named
 * @param lowest the level below which nothing is agreed with it any more
 * @param since when this was learnt
 * @param learnt how, as a part of a sentence: {@code at first contact}
 */
public record Pin(
    AtSign peer,
    Optional<DeviceName> device,
    Map<String, Fingerprint> keys,
    Level lowest,
    Instant since,
    String learnt) {
  /** The kind of signature that every atSign has (noports.md 2.5). */
  public static final String RSA_2048 = "rsa2048";

  /** The kind that stands quantum computers; each program of an atSign has a key of its own. */
  public static final String ML_DSA_65 = "mldsa65";

  /** Learnt from the peer itself, through its atServer, when it was met for the first time. */
  public static final String FIRST_CONTACT = "at first contact";

  /** Learnt as before, and the user had said which fingerprint to expect. */
  public static final String EXPECTED = "with the fingerprint that was expected by its user";

  private static final String PRIMARY = "primary";

  public Pin {
    requireNonNull(peer, "peer is null");
    requireNonNull(device, "device is null");
    keys = Collections.unmodifiableMap(new TreeMap<>(keys));
    requireNonNull(lowest, "lowest is null");
    requireNonNull(since, "since is null");
    requireNonNull(learnt, "learnt is null");
  }

  /**
   * The name among {@link #keys} of the ML-DSA-65 key of one program.
   *
   * @param enrollment the program, {@code primary} for an atSign's first keys
   */
  public static String mlDsa65(String enrollment) {
    return enrollment.equals(PRIMARY) ? ML_DSA_65 : ML_DSA_65 + "." + enrollment;
  }

  /** Whether this peer has shown that it signs so, too: from then on it always must. */
  public boolean signsPostQuantum() {
    return keys.keySet().stream().anyMatch(Pin::isMlDsa65);
  }

  /** Whether a name among {@link #keys} is one of {@link #mlDsa65}. */
  public static boolean isMlDsa65(String name) {
    return name.equals(ML_DSA_65) || name.startsWith(ML_DSA_65 + ".");
  }

  /** {@code dev1@device}, or the atSign alone. */
  public String name() {
    return device.map(name -> name.name() + peer).orElse(peer.name());
  }
}
