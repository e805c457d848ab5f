package org.noports.api.audit;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.noports.api.StoreFailed;
import org.noports.api.Subscription;
import org.noports.api.identity.Fingerprint;

/** What was kept, for those who look back. Calls read files; none is for an I/O loop. */
public interface AuditTrail {
  /** The files, oldest first; the last one is being written. */
  List<Path> files() throws StoreFailed;

  /**
   * Reads events, oldest first, on the calling thread. A line that is none is passed over: {@link
   * #verify} is for that.
   *
   * @throws StoreFailed if a file cannot be read
   */
  void read(AuditFilter filter, Consumer<AuditEntry> reader) throws StoreFailed;

  /**
   * Hears events from now on, as soon as they are on the disk, in order. Called on the thread that
   * writes: must not block.
   */
  Subscription follow(AuditFilter filter, Consumer<AuditEntry> listener);

  /**
   * Looks for any edit, removal, reordering or gap.
   *
   * @throws StoreFailed if a file cannot be read
   */
  AuditReport verify(Question question) throws StoreFailed;

  /**
   * What is to be verified.
   *
   * @param files in order; empty for all that are here, which are also compared with what this
   *     instance knows to have written
   * @param keys the keys that may have signed; empty for the one that signed first
   * @param expected a line that was noted elsewhere and has to be there
   */
  record Question(List<Path> files, List<Fingerprint> keys, Optional<Noted> expected) {
    public Question {
      files = List.copyOf(files);
      keys = List.copyOf(keys);
      requireNonNull(expected, "expected is null");
    }
  }

  /**
   * A line's number and hash, as logs and reports of verification tell them: {@code NUMBER:HASH}.
   */
  record Noted(long number, String hash) {
    public Noted {
      requireNonNull(hash, "hash is null");
    }

    /**
     * Reads {@code NUMBER:HASH}.
     *
     * @throws IllegalArgumentException with a full sentence, if it is none
     */
    public static Noted of(String text) {
      if (!text.strip().matches("[1-9][0-9]{0,17}:[A-Za-z0-9_-]{43}")) {
        throw new IllegalArgumentException(
            "'" + text + "' is no noted line: expected NUMBER:HASH, as audit-verify prints it");
      }
      String[] parts = text.strip().split(":", 2);
      return new Noted(Long.parseLong(parts[0]), parts[1]);
    }

    @Override
    public String toString() {
      return number + ":" + hash;
    }
  }
}
