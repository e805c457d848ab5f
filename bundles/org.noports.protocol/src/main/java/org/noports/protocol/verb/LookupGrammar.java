package org.noports.protocol.verb;

import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.protocol.key.AtKey;

/** Reads the verbs that look values up and list them. */
final class LookupGrammar {
  private LookupGrammar() {}

  static Verb read(String name, Cursor rest) throws VerbFailure {
    if (name.equals("scan")) {
      return scan(rest);
    }
    boolean bypass = false;
    Detail detail = Detail.VALUE;
    for (boolean more = true; more; ) {
      Optional<String> flag = rest.parameter("bypassCache");
      if (flag.isPresent()) {
        bypass = flag.get().equalsIgnoreCase("true");
      } else if (rest.take("meta")) {
        detail = Detail.META;
      } else if (rest.take("all")) {
        detail = Detail.ALL;
      } else {
        more = false;
      }
    }
    return lookup(name, bypass, detail, rest.rest());
  }

  private static Verb lookup(String name, boolean bypass, Detail detail, String key)
      throws VerbFailure {
    if (name.equals("llookup")) {
      AtKey local = VerbReader.key(key);
      if (local.owner().isEmpty()) {
        throw VerbFailure.syntax("Invalid syntax. The key has no owner");
      }
      return new LocalLookup(detail, local);
    }
    int at = key.lastIndexOf('@');
    if (at < 1 || key.indexOf(':') >= 0 || key.indexOf('@') != at) {
      throw VerbFailure.syntax("Invalid syntax. Expected " + name + ":[all:|meta:]key@owner");
    }
    AtSign owner = VerbReader.atSign(key.substring(at));
    String entity = VerbReader.key(key).name();
    return name.equals("lookup")
        ? new Lookup(bypass, detail, entity, owner)
        : new PublicLookup(bypass, detail, entity, owner);
  }

  private static Verb scan(Cursor rest) throws VerbFailure {
    boolean showHidden = false;
    Optional<AtSign> of = Optional.empty();
    Optional<Long> page = Optional.empty();
    while (!rest.peek().isEmpty()) {
      String word = rest.peek();
      Optional<String> hidden = rest.parameter("showhidden");
      Optional<String> number = rest.parameter("page");
      if (hidden.isPresent()) {
        showHidden = hidden.get().equalsIgnoreCase("true");
      } else if (number.isPresent()) {
        page = Optional.of(VerbReader.number("page", number.get()));
      } else if (word.startsWith("@")) {
        of = Optional.of(VerbReader.atSign(word));
        rest.take(word);
      } else if (!rest.take("cl")) {
        throw VerbFailure.syntax("Invalid syntax. Expected scan[:showhidden:true][:@x][ regex]");
      }
    }
    return new Scan(showHidden, of, page, rest.spaced());
  }
}
