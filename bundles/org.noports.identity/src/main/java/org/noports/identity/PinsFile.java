package org.noports.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.noports.api.IdentityUnusable;
import org.noports.api.pins.Pin;

/** One pins file, read again when it has changed. Used under the lock of {@link FilePins}. */
final class PinsFile {
  /** A hundred thousand pins; what is longer is another file. */
  private static final long MAX_BYTES = 32L << 20;

  private final Path path;
  private final String learnt;
  private Optional<FileStamp> stamp = Optional.empty();
  private List<Pin> pins = List.of();

  /**
   * @param learnt how its pins were learnt, where they do not say
   */
  PinsFile(Path path, String learnt) {
    this.path = path;
    this.learnt = learnt;
  }

  Path path() {
    return path;
  }

  /** What it says now; nothing if it is not there. */
  List<Pin> pins() throws IdentityUnusable {
    try {
      FileStamp now = FileStamp.of(path);
      if (stamp.filter(now::equals).isEmpty()) {
        pins = List.copyOf(read(now));
        stamp = Optional.of(now);
      }
      return pins;
    } catch (NoSuchFileException e) {
      if (Files.isSymbolicLink(path)) {
        throw new IdentityUnusable("The pins in " + path + " lead to a file that is gone", e);
      }
      stamp = Optional.empty();
      pins = List.of();
      return pins;
    } catch (IOException e) {
      // A file that cannot be looked at is not one that is missing: peers may be known in it.
      throw new IdentityUnusable("The pins in " + path + " cannot be read: " + e.getMessage(), e);
    }
  }

  private List<Pin> read(FileStamp now) throws IOException, IdentityUnusable {
    if (now.stranger().isPresent()) {
      throw new IdentityUnusable(
          "The pins in "
              + path
              + " belong to "
              + now.stranger().get()
              + ", who could make any peer look known: give the file to the user who runs this");
    }
    if (now.alterable()) {
      throw new IdentityUnusable(
          "The pins in "
              + path
              + " can be written by others than their owner, who could make any peer look known:"
              + " chmod go-w, after a look at what they say");
    }
    if (now.size() > MAX_BYTES) {
      throw new IdentityUnusable("The pins in " + path + " are longer than " + MAX_BYTES + " B");
    }
    return PinsText.parse(path, Files.readString(path, UTF_8), learnt);
  }

  /** Replaces the file, mode 0600, at once or not at all. */
  void write(List<Pin> next) throws IdentityUnusable {
    try {
      OwnerOnlyFiles.replace(path, PinsText.text(next).getBytes(UTF_8));
      stamp = Optional.empty();
    } catch (IOException e) {
      throw new IdentityUnusable(
          "What was learnt of a peer cannot be kept in " + path + ": " + e.getMessage(), e);
    }
  }
}
