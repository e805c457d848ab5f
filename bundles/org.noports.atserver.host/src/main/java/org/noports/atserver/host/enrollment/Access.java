package org.noports.atserver.host.enrollment;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import org.noports.protocol.key.AtKey;
import org.noports.protocol.key.KeyKind;

/**
 * What a connection of the owner may touch (docs/protocol/atprotocol.md 5). The atSign's first keys
 * and its secret may do all; enrolled keys what their namespaces say, each {@code r} or {@code rw}.
 *
 * @param enrollmentId whose keys; empty for the first keys and the secret
 * @param namespaces what was approved; {@code *} for all but {@code __manage}
 */
public record Access(Optional<String> enrollmentId, Map<String, String> namespaces) {
  /** Without an enrollment nothing is withheld. */
  public static final Access FULL = new Access(Optional.empty(), Map.of());

  public static final String ALL = "*";
  public static final String MANAGE = "__manage";
  private static final String EVERY_ENROLLMENT = "__e";

  public Access {
    requireNonNull(enrollmentId, "enrollmentId is null");
    namespaces = Map.copyOf(requireNonNull(namespaces, "namespaces is null"));
  }

  /** Whether nothing is withheld. */
  public boolean full() {
    return enrollmentId.isEmpty();
  }

  /** Whether the holder may do what only the atSign's owner itself may. */
  public boolean root() {
    return full() || has(ALL, 'w') && has(MANAGE, 'w');
  }

  /** Whether the holder sees other enrollments. */
  public boolean seesEnrollments() {
    return full() || has(MANAGE, 'r');
  }

  /** Whether the holder decides about other enrollments. */
  public boolean decidesEnrollments() {
    return full() || has(MANAGE, 'w');
  }

  /** Whether values of that key may be read. */
  public boolean mayRead(AtKey key) {
    if (full() || key.kind() == KeyKind.PUBLIC) {
      return true;
    }
    return key.kind() == KeyKind.RESERVED ? root() : sharedKey(key) || granted(key.name(), 'r');
  }

  /** Whether that key may be written, deleted or notified. */
  public boolean mayWrite(AtKey key) {
    if (full()) {
      return true;
    }
    if (key.kind() == KeyKind.RESERVED || key.kind() == KeyKind.PRIVATE) {
      return root();
    }
    return key.kind() != KeyKind.PUBLIC && sharedKey(key) || granted(key.name(), 'w');
  }

  /** Keys by which values are encrypted: whoever may write to somebody needs them. */
  private static boolean sharedKey(AtKey key) {
    return key.name().equals("shared_key") || key.name().startsWith("shared_key.");
  }

  /** Whether a scan shows the key's name. */
  public boolean shows(AtKey key) {
    return full() || key.kind() == KeyKind.PUBLIC || granted(key.name(), 'r');
  }

  /**
   * Whether a namespace may be used as {@code asked} says: by its own name, by one that it lies in,
   * or by the one that is all. Managing is only in its own name.
   */
  public boolean covers(String namespace, String asked) {
    return full()
        || asked
            .chars()
            .allMatch(
                right ->
                    has(namespace, right)
                        || !within(namespace, MANAGE)
                            && (has(ALL, right)
                                || namespaces.keySet().stream()
                                    .anyMatch(own -> within(namespace, own) && has(own, right))));
  }

  private boolean granted(String name, int right) {
    if (within(name, MANAGE)) {
      return false;
    }
    if (within(name, EVERY_ENROLLMENT)) {
      return name.endsWith("." + enrollmentId.orElseThrow() + ".a." + EVERY_ENROLLMENT);
    }
    return has(ALL, right)
        || namespaces.keySet().stream()
            .anyMatch(namespace -> name.endsWith("." + namespace) && has(namespace, right));
  }

  private static boolean within(String name, String namespace) {
    return name.equals(namespace) || name.endsWith("." + namespace);
  }

  private boolean has(String namespace, int right) {
    return namespaces.getOrDefault(namespace, "").indexOf(right) >= 0;
  }
}
