package org.noports.api.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/** One step of a batch. */
public sealed interface StoreChange {
  /**
   * Stores a value.
   *
   * @param logged whether the change takes a commit id; false for what other devices need not sync
   * @param immutable whether {@link Precondition.NotImmutable} is not to hold for it
   */
  record Put(
      String key,
      byte[] value,
      byte[] metadata,
      Optional<Instant> visibleFrom,
      Optional<Instant> expiresAt,
      boolean logged,
      Precondition precondition,
      boolean immutable)
      implements StoreChange {
    /** A value that may be changed. */
    public Put(
        String key,
        byte[] value,
        byte[] metadata,
        Optional<Instant> visibleFrom,
        Optional<Instant> expiresAt,
        boolean logged,
        Precondition precondition) {
      this(key, value, metadata, visibleFrom, expiresAt, logged, precondition, false);
    }

    public Put {
      requireNonNull(key, "key is null");
      requireNonNull(value, "value is null");
      requireNonNull(metadata, "metadata is null");
      requireNonNull(visibleFrom, "visibleFrom is null");
      requireNonNull(expiresAt, "expiresAt is null");
      requireNonNull(precondition, "precondition is null");
    }
  }

  /**
   * Deletes a key; one that is not there counts as a change too.
   *
   * @param logged whether the change takes a commit id
   */
  record Delete(String key, boolean logged, Precondition precondition) implements StoreChange {
    public Delete {
      requireNonNull(key, "key is null");
      requireNonNull(precondition, "precondition is null");
    }
  }

  /**
   * Puts an item into the outgoing queue; the batch makes sure that it is sent if, and only if, the
   * other changes happened.
   *
   * @param id the item's own id, by which its receiver drops repeats
   * @param recipient which receiver it waits for
   * @param payload opaque to the store
   * @param dueAt not to be claimed before
   * @param expiresAt after which it need not be sent
   */
  record Enqueue(String id, String recipient, byte[] payload, Instant dueAt, Instant expiresAt)
      implements StoreChange {
    public Enqueue {
      requireNonNull(id, "id is null");
      requireNonNull(recipient, "recipient is null");
      requireNonNull(payload, "payload is null");
      requireNonNull(dueAt, "dueAt is null");
      requireNonNull(expiresAt, "expiresAt is null");
    }
  }

  /**
   * What must hold for the batch to happen, among what was there before the batch. An entry that
   * has expired counts as absent; one that is not visible yet counts as present.
   */
  sealed interface Precondition {
    /** Nothing. */
    record Any() implements Precondition {}

    /** No live entry has the key. */
    record Absent() implements Precondition {}

    /** The live entry has this version. */
    record Version(long version) implements Precondition {}

    /** No live entry has the key, or one that was not stored as immutable. */
    record NotImmutable() implements Precondition {}

    /**
     * The key has never been used: something in it was drawn or counted for this one change. Of an
     * unlogged put the store believes it and does not look; whoever is wrong replaces what was
     * there. Everywhere else it is {@link Absent}.
     */
    record Fresh() implements Precondition {}

    /** Shorthand for {@link Any}. */
    Precondition ANY = new Any();

    /** Shorthand for {@link Absent}. */
    Precondition ABSENT = new Absent();

    /** Shorthand for {@link Fresh}. */
    Precondition FRESH = new Fresh();

    /** Shorthand for {@link NotImmutable}. */
    Precondition NOT_IMMUTABLE = new NotImmutable();
  }
}
