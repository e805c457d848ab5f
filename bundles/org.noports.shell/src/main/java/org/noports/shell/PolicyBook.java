package org.noports.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.noports.api.ConfigurationInvalid;
import org.noports.api.policy.RuleBook;
import org.noports.api.policy.RuleBooks;

/** The book of rules that a command is about. */
final class PolicyBook {
  private PolicyBook() {}

  /** The one in {@code file}, or the one in force. */
  static RuleBook of(Here here, String file) throws ConfigurationInvalid {
    RuleBooks books = here.require(RuleBooks.class, "noports-policy");
    return file == null
        ? books
            .inForce()
            .orElseThrow(
                () ->
                    new ConfigurationInvalid(
                        "No book of rules is in force here; name a file, or see noports:health"))
        : read(books, file);
  }

  /** The book in a file. */
  static RuleBook read(RuleBooks books, String file) throws ConfigurationInvalid {
    try {
      return books.read(file, Files.readString(Path.of(file)));
    } catch (IOException e) {
      throw new ConfigurationInvalid(
          file + " cannot be read: " + e + "; it has to be a text in UTF-8", e);
    }
  }
}
