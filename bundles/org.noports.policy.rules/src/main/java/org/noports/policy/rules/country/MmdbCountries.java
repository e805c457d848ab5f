package org.noports.policy.rules.country;

import com.maxmind.db.CHMCache;
import com.maxmind.db.Reader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.noports.policy.rules.question.Countries;

/**
 * The countries of one state of a file: all of it in memory, so that whatever becomes of the file
 * changes nothing here. Thread-safe.
 */
public final class MmdbCountries implements Countries {
  /** A country's file has 10 MB, a city's 60; more is another thing. */
  private static final int MOST_BYTES = 128 << 20;

  private static final Pattern ISO = Pattern.compile("[A-Z]{2}");

  private final Reader reader;

  private MmdbCountries(Reader reader) {
    this.reader = reader;
  }

  /** Reads a file; fails with why it is none. */
  public static MmdbCountries read(Path file) throws IOException {
    long length = Files.size(file);
    if (length > MOST_BYTES) {
      throw new IOException("it is longer than " + MOST_BYTES + " bytes");
    }
    MmdbCountries read;
    // The reader copies what it is given once more: no copy of our own beside it.
    try (InputStream in = new FirstBytes(Files.newInputStream(file), length)) {
      read = new MmdbCountries(new Reader(in, new CHMCache()));
    } catch (RuntimeException e) {
      throw new IOException("it is not in the format of MaxMind's databases: " + e, e);
    }
    // A file that was cut off has its end, and not what that speaks of.
    read.look(InetAddress.getByAddress(new byte[4]));
    return read;
  }

  /** What it says of itself. */
  public String words() {
    return reader.getMetadata().getDatabaseType() + " of " + reader.getMetadata().getBuildDate();
  }

  @Override
  public Optional<String> of(InetAddress address) {
    try {
      return look(address);
    } catch (IOException | StackOverflowError e) {
      // Nothing is known of it then, and what is not known helps nobody.
      return Optional.empty();
    }
  }

  /** Files of several makers: an object with its code, or the code itself. */
  private Optional<String> look(InetAddress address) throws IOException {
    try {
      Map<?, ?> found = reader.get(address, Map.class);
      if (found == null) {
        return Optional.empty();
      }
      Object country = found.get("country");
      Object code = country instanceof Map<?, ?> object ? object.get("iso_code") : country;
      Object said = code == null ? found.get("country_code") : code;
      return said instanceof String text && ISO.matcher(text).matches()
          ? Optional.of(text)
          : Optional.empty();
    } catch (RuntimeException e) {
      throw new IOException("it cannot be read where it speaks of " + address + ": " + e, e);
    }
  }
}
