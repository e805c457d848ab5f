package org.noports.policy.rules;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.noports.api.ConfigurationInvalid;
import org.noports.policy.rules.question.Countries;

/** The file of a book, read again whenever it has changed. One thread. */
final class BookFile {
  /** As {@link org.noports.policy.rules.yaml.ReadYaml} has it; more is not even read. */
  private static final int MOST_BYTES = 4 << 20;

  private final SettledFile file;
  private final Countries countries;

  BookFile(Path path, Countries countries) {
    this.file = new SettledFile(path);
    this.countries = countries;
  }

  Path path() {
    return file.path();
  }

  /**
   * The book, if the file has another state than when it was read last; the first time as it is.
   *
   * @throws ConfigurationInvalid if there is none, or it cannot be read, or its own tests fail
   */
  Optional<OpenedBook> look() throws ConfigurationInvalid {
    return file.hasChanged()
        ? Optional.of(OpenedBook.open(path().toString(), text(), countries))
        : Optional.empty();
  }

  private String text() throws ConfigurationInvalid {
    try (InputStream in = Files.newInputStream(path())) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new ConfigurationInvalid(path() + ": is longer than " + MOST_BYTES + " bytes");
      }
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException e) {
      throw new ConfigurationInvalid(path() + ": is not written in UTF-8", e);
    } catch (IOException e) {
      String why = Objects.requireNonNullElse(e.getMessage(), e.toString());
      throw new ConfigurationInvalid(
          path() + ": cannot be read: " + why + "; check that it is there and may be read", e);
    }
  }
}
