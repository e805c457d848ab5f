package org.noports.policy.rules.imported;

import java.util.List;
import org.noports.api.ConfigurationInvalid;
import org.noports.api.policy.PolicyImport;
import org.noports.policy.rules.book.ReadBook;
import org.noports.policy.rules.yaml.Flaw;
import org.noports.policy.rules.yaml.Keys;
import org.noports.policy.rules.yaml.ReadYaml;
import org.osgi.service.component.annotations.Component;

/** Turns a policy of an existing program into a book, or says in which line that cannot be. */
@Component
public final class ImportBook implements PolicyImport {
  private static final String USER_GROUPS = "userGroups";

  @Override
  public Imported book(String name, String text) throws ConfigurationInvalid {
    OldWords words = new OldWords();
    String book;
    try {
      book = WriteBook.of(name, grants(Keys.of(ReadYaml.read(text), "the policy"), words));
    } catch (Flaw e) {
      throw new ConfigurationInvalid(name + ":" + e.line() + ": " + e.getMessage(), e);
    }
    ReadBook.read(name + " as a book", book);
    return new Imported(book, words.notes);
  }

  private static List<Grant> grants(Keys policy, OldWords words) {
    if (policy.all().contains(USER_GROUPS)) {
      List<Grant> grants = new ReadUserGroups(words).read(policy.node(USER_GROUPS).orElseThrow());
      policy.done();
      return grants;
    }
    if (policy.all().stream().anyMatch(ReadEntities.KINDS::contains)) {
      return new ReadEntities(words).read(policy);
    }
    throw new Flaw(
        policy.line(),
        "this is neither a file of userGroups nor the entities " + ReadEntities.KINDS);
  }
}
