package org.noports.policy.rules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;

/**
 * A file that is looked at again and again: what has changed is to be read once it has stopped
 * changing for {@link #STILL} looks, so that one that is being written is not taken for what it
 * will be: half a book permits what the half that lacks forbids. Another file in its place waits as
 * long, since a rename puts one there that was written before, but editors and archives put one
 * there that they write then. One thread.
 */
final class SettledFile {
  /** By a look each tenth of a second, a writer may pause for less than three of them. */
  static final int STILL = 3;

  private final Path path;
  private Optional<Stamp> before = Optional.empty();
  private Optional<Stamp> read = Optional.empty();
  private boolean first = true;
  private int looksSince;

  SettledFile(Path path) {
    this.path = path;
  }

  Path path() {
    return path;
  }

  /** What tells one state of a file from another without reading it. */
  private record Stamp(long modified, long size, Object key) {
    static Optional<Stamp> of(Path path) {
      try {
        BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
        Object key = Objects.requireNonNullElse(now.fileKey(), path);
        return Optional.of(new Stamp(now.lastModifiedTime().toMillis(), now.size(), key));
      } catch (IOException e) {
        return Optional.empty();
      }
    }
  }

  /** Whether it has another state than when this was last true; the first time as it is. */
  boolean hasChanged() {
    Optional<Stamp> now = Stamp.of(path);
    looksSince = now.equals(before) ? looksSince + 1 : 0;
    before = now;
    boolean settled = first || looksSince >= STILL;
    boolean same = !first && now.equals(read);
    if (same || !settled) {
      return false;
    }
    first = false;
    read = now;
    return true;
  }
}
