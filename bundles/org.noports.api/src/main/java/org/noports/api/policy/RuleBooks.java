package org.noports.api.policy;

import java.util.Optional;
import org.noports.api.ConfigurationInvalid;
import org.osgi.annotation.versioning.ProviderType;

/** Books of rules (docs/policy.md): the one that decides here, and any other, to be tried out. */
@ProviderType
public interface RuleBooks {
  /** What decides on this machine now, managers included; empty if nothing was read yet. */
  Optional<RuleBook> inForce();

  /**
   * Reads a book, and puts it into force nowhere. Its own tests are not asked: see {@link
   * RuleBook#failures}.
   *
   * @param name what messages call it; a file's name, as a rule
   * @throws ConfigurationInvalid with name, line and reason, if any of it cannot be read
   */
  RuleBook read(String name, String text) throws ConfigurationInvalid;
}
