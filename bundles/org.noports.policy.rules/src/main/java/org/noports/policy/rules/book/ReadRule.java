package org.noports.policy.rules.book;

import java.time.ZoneId;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.noports.api.policy.Obligations;
import org.noports.api.policy.RequestKind;
import org.noports.api.policy.Requirement;
import org.noports.api.tunnel.Level;
import org.noports.policy.rules.condition.Condition;
import org.noports.policy.rules.condition.ConditionInvalid;
import org.noports.policy.rules.yaml.Flaw;
import org.noports.policy.rules.yaml.Keys;
import org.noports.policy.rules.yaml.Node;

/** Reads the rules of one book. Conditions with the same text are compiled once. */
final class ReadRule {
  /** Pairs of who and device in one rule; more are what groups are for. */
  static final int MOST_PAIRS = 10_000;

  /** Each is compiled, which takes about a millisecond. */
  static final int MOST_CONDITIONS = 2_000;

  private final Groups groups;
  private final ZoneId zone;
  private final Map<String, Condition> conditions = new HashMap<>();

  ReadRule(Groups groups, ZoneId zone) {
    this.groups = groups;
    this.zone = zone;
  }

  Rule read(Node node) {
    Keys keys = Keys.of(node, "a rule");
    String name = keys.need("name", Names::group);
    Effect effect = keys.need("effect", text -> Names.word(Effect.class, text));
    List<Who> who = keys.needTexts("who", this::who);
    List<Devices> devices = keys.needTexts("devices", Devices::of);
    if ((long) who.size() * devices.size() > MOST_PAIRS) {
      throw new Flaw(
          keys.line(),
          "rule '"
              + name
              + "' names more than "
              + MOST_PAIRS
              + " pairs of who and device; use groups");
    }
    Rule rule =
        new Rule(
            name,
            keys.line(),
            effect,
            who,
            devices,
            keys.texts("places", Place::of),
            kinds(keys, effect),
            Set.copyOf(keys.texts("levels", ReadRule::level)),
            keys.text("post-quantum", Names::flag),
            keys.text("when", this::condition),
            keys.text("zone", ReadBook::zone).orElse(zone),
            obligations(keys, effect));
    keys.done();
    return rule;
  }

  private Who who(String text) {
    Who who = Who.of(text);
    if (who instanceof Who.Member member && !groups.names().contains(member.group())) {
      throw new IllegalArgumentException("there is no group '" + member.group() + "' in this book");
    }
    return who;
  }

  private static Set<RequestKind> kinds(Keys keys, Effect effect) {
    List<RequestKind> named = keys.texts("kinds", text -> Names.word(RequestKind.class, text));
    if (!named.isEmpty()) {
      return Set.copyOf(named);
    }
    return effect == Effect.PERMIT ? Rule.USUAL : EnumSet.allOf(RequestKind.class);
  }

  static Level level(String text) {
    try {
      return Level.valueOf(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'" + text + "' is none of L0, L1, L2, L3", e);
    }
  }

  private Condition condition(String text) {
    Condition known = conditions.get(text);
    if (known != null) {
      return known;
    }
    if (conditions.size() == MOST_CONDITIONS) {
      throw new IllegalArgumentException(
          "this book has more than " + MOST_CONDITIONS + " different conditions");
    }
    try {
      Condition read = Condition.of(text);
      conditions.put(text, read);
      return read;
    } catch (ConditionInvalid e) {
      throw new IllegalArgumentException("'" + text + "' cannot be: " + e.getMessage(), e);
    }
  }

  private static Obligations obligations(Keys keys, Effect effect) {
    return keys.node("obligations")
        .map(
            node -> {
              if (effect == Effect.FORBID) {
                throw new Flaw(node.line(), "a forbid has no obligations");
              }
              return obligations(Keys.of(node, "obligations"));
            })
        .orElse(Obligations.NONE);
  }

  private static Obligations obligations(Keys keys) {
    Obligations read =
        new Obligations(
            keys.text("require", Requirement::of).orElse(Requirement.NONE),
            keys.text("max-session", Obligations::length),
            keys.text("record", Names::flag).orElse(false));
    keys.done();
    return read;
  }
}
