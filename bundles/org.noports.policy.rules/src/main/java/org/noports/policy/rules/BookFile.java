package org.noports.policy.rules;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import org.noports.api.ConfigurationInvalid;

/**
 * The file of a book, looked at again and again: what has changed is read once it has stopped
 * changing for {@link #STILL} looks, so that one that is being written is not taken for what it
 * will be: half a book permits what the half that lacks forbids. Another file in its place waits as
 * long, since a rename puts one there that was written before, but editors and archives put one
 * there that they write then. One thread.
 */
final class BookFile {
  /** As {@link org.noports.policy.rules.yaml.ReadYaml} has it; more is not even read. */
  private static final int MOST_BYTES = 4 << 20;

  /** By a look each tenth of a second, a writer may pause for less than three of them. */
  static final int STILL = 3;

  private final Path path;
  private Optional<Stamp> before = Optional.empty();
  private Optional<Stamp> read = Optional.empty();
  private boolean first = true;
  private int looksSince;

  BookFile(Path path) {
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

  /**
   * The book, if the file has another state than when it was read last; the first time as it is.
   *
   * @throws ConfigurationInvalid if there is none, or it cannot be read, or its own tests fail
   */
  Optional<OpenedBook> look() throws ConfigurationInvalid {
    Optional<Stamp> now = Stamp.of(path);
    looksSince = now.equals(before) ? looksSince + 1 : 0;
    before = now;
    boolean settled = first || looksSince >= STILL;
    boolean same = !first && now.equals(read);
    if (same || !settled) {
      return Optional.empty();
    }
    first = false;
    read = now;
    return Optional.of(OpenedBook.open(path.toString(), text()));
  }

  private String text() throws ConfigurationInvalid {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new ConfigurationInvalid(path + ": is longer than " + MOST_BYTES + " bytes");
      }
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException e) {
      throw new ConfigurationInvalid(path + ": is not written in UTF-8", e);
    } catch (IOException e) {
      String why = Objects.requireNonNullElse(e.getMessage(), e.toString());
      throw new ConfigurationInvalid(
          path + ": cannot be read: " + why + "; check that it is there and may be read", e);
    }
  }
}
