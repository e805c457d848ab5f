package org.noports.api.atserver;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import org.noports.api.identity.Fingerprint;

/**
 * One program's access to an atSign, as its atServer knows it.
 *
 * @param id what the atServer calls it
 * @param app the program, as it calls itself
 * @param device the machine, as it calls itself
 * @param namespaces what it may use, each with {@code r} or {@code rw}
 * @param status {@code pending}, {@code approved}, {@code denied}, {@code revoked} or {@code
 *     expired}
 * @param key of the symmetric key that it brought; empty for an atSign's first enrollment
 */
public record Enrollment(
    String id,
    String app,
    String device,
    Map<String, String> namespaces,
    String status,
    Optional<Fingerprint> key) {
  /** The status of one that waits for a decision. */
  public static final String PENDING = "pending";

  public Enrollment {
    requireNonNull(id, "id is null");
    requireNonNull(app, "app is null");
    requireNonNull(device, "device is null");
    namespaces = Map.copyOf(namespaces);
    requireNonNull(status, "status is null");
    requireNonNull(key, "key is null");
  }
}
