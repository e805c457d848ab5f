package org.noports.api.policy;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.noports.api.ConfigurationInvalid;
import org.osgi.annotation.versioning.ProviderType;

/** Turns policies of existing programs into books of rules (docs/policy-import.md). */
@ProviderType
public interface PolicyImport {
  /**
   * The book that decides as that policy does. Puts nothing into force, and writes no file.
   *
   * @param name what messages call it; a file's name, as a rule
   * @param text a file of {@code userGroups}, or the entities of a policy of the second version
   * @throws ConfigurationInvalid with name, line and reason, if any of it cannot be said in a book
   */
  Imported book(String name, String text) throws ConfigurationInvalid;

  /**
   * A policy as a book.
   *
   * @param text the book
   * @param notes where the book may decide otherwise at the margin, with the line
   */
  record Imported(String text, List<String> notes) {
    public Imported {
      requireNonNull(text, "text is null");
      notes = List.copyOf(notes);
    }
  }
}
