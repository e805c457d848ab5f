package org.noports.policy.rules;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.noports.policy.rules.country.MmdbCountries;
import org.noports.policy.rules.question.Countries;

/**
 * The operator's file of countries, read again whenever it has changed; a state of it that cannot
 * be read changes nothing. Asked on any thread, looked at on one.
 */
final class CountryFile implements Countries {
  private final SettledFile file;
  private volatile Optional<MmdbCountries> known = Optional.empty();
  private volatile String problem = "";

  CountryFile(Path path) {
    this.file = new SettledFile(path);
  }

  Path path() {
    return file.path();
  }

  /** Takes the file over if it has changed; true if answers may be others now. */
  boolean look() {
    try {
      if (!file.hasChanged()) {
        return false;
      }
      known = Optional.of(MmdbCountries.read(file.path()));
      problem = "";
      PolicyRulesLog.countries(file.path(), known.get().words());
      return true;
    } catch (NoSuchFileException e) {
      return unreadable("it is not there");
    } catch (IOException e) {
      return unreadable(Objects.requireNonNullElse(e.getMessage(), e.toString()));
    } catch (RuntimeException | Error e) {
      // Also one that memory is too small for: the book is looked at all the same.
      return unreadable(e.toString());
    }
  }

  private boolean unreadable(String why) {
    problem = file.path() + ": no countries can be read from it: " + why;
    PolicyRulesLog.countriesUnreadable(problem, known.isPresent());
    return false;
  }

  /** Why the file as it is now is not what is answered from; empty if it is. */
  String problem() {
    return problem.isEmpty() || known.isEmpty()
        ? problem
        : problem + "; those of " + known.get().words() + " stay in force";
  }

  @Override
  public Optional<String> of(InetAddress address) {
    return known.flatMap(now -> now.of(address));
  }
}
