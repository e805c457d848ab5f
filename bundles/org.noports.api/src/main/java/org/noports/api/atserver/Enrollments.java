package org.noports.api.atserver;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.noports.api.AtSign;
import org.noports.api.Secret;
import org.noports.api.identity.Fingerprint;
import org.noports.api.identity.Identity;

/**
 * How an atSign gets its first keys, and how further programs get keys of their own, which their
 * owner can take away again (docs/protocol/atprotocol.md 3.6, 5).
 *
 * <p>Thread-safe. Stages fail with one of the {@link org.noports.api.NoPortsException} family and
 * complete on a thread of the provider. The caller keeps the secrets it hands in.
 */
public interface Enrollments {
  /**
   * Cuts the keys of a new atSign here, gives the public halves to its atServer, writes the key
   * file and forgets the atServer's first secret. By enrollment where the atServer can, else in the
   * way that came before. If it was interrupted after the file was written, calling it again ends
   * it.
   *
   * @param cramSecret what whoever provided the atSign gave out once
   * @param file where the keys go; it must not exist, or be what an earlier call wrote
   */
  CompletionStage<Identity> onboard(AtSign atSign, Secret cramSecret, Path file);

  /**
   * Asks for keys of one's own.
   *
   * @return once the atServer has taken the request
   */
  CompletionStage<Requested> request(EnrollmentRequest request);

  /** All enrollments that {@code self} may see. */
  CompletionStage<List<Enrollment>> list(AtSign self);

  /** Hands the shared keys to an enrollment that waits. Compare its fingerprint before. */
  CompletionStage<Enrollment> approve(AtSign self, String id);

  /** Refuses an enrollment that waits. */
  CompletionStage<Void> deny(AtSign self, String id);

  /**
   * Takes an enrollment's access away at once.
   *
   * @param force whether it may be the enrollment of {@code self}'s own key file
   */
  CompletionStage<Void> revoke(AtSign self, String id, boolean force);

  /**
   * Has the enrollment of {@code self}'s key file authenticate by ML-DSA-65 from now on, in the
   * place of RSA: the key is kept in the file, introduced to the atServer under its own signature,
   * tried, and only then used. What was interrupted is ended by calling again. Sessions that stand
   * go on.
   */
  CompletionStage<Identity> authenticatePostQuantum(AtSign self);

  /** A code with which one enrollment may be requested. */
  CompletionStage<String> oneTimeCode(AtSign self, Optional<Duration> life);

  /** Sets the passcode with which any number of enrollments may be requested. */
  CompletionStage<Void> setPasscode(AtSign self, Secret passcode, Optional<Duration> life);

  /**
   * A request that was taken and waits.
   *
   * @param id what the atServer calls it
   * @param key what the approving side must show, too
   * @param approved completes once the key file is written; cancel it to wait no longer
   */
  record Requested(String id, Fingerprint key, CompletionStage<Identity> approved) {}
}
