package org.noports.policy.rules.book;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.noports.api.AtSign;
import org.noports.policy.rules.yaml.Flaw;
import org.noports.policy.rules.yaml.Keys;
import org.noports.policy.rules.yaml.Node;

/**
 * Reads the groups of a book and resolves groups in groups; one that contains itself is refused.
 */
final class ReadGroups {
  /** Memberships in all; a group in a group counts its members again. */
  private static final int MOST_MEMBERSHIPS = 1_000_000;

  private final Keys keys;
  private final Map<String, List<Who>> written = new HashMap<>();
  private final Map<String, Set<AtSign>> resolved = new HashMap<>();
  private final Deque<String> path = new ArrayDeque<>();
  private int memberships;

  private ReadGroups(Keys keys) {
    this.keys = keys;
  }

  static Groups read(Node node) {
    return new ReadGroups(Keys.of(node, "groups")).read();
  }

  private Groups read() {
    for (String name : keys.all()) {
      List<Who> members = keys.needTexts(name, Who::of);
      named(name);
      written.put(name, members);
    }
    written.keySet().forEach(this::resolve);
    return new Groups(resolved);
  }

  private void named(String name) {
    try {
      Names.group(name);
    } catch (IllegalArgumentException e) {
      throw new Flaw(line(name), "groups: " + e.getMessage());
    }
  }

  private Set<AtSign> resolve(String name) {
    Set<AtSign> known = resolved.get(name);
    if (known != null) {
      return known;
    }
    if (path.contains(name)) {
      throw new Flaw(line(name), "group '" + name + "' contains itself, by way of " + path);
    }
    path.addLast(name);
    Set<AtSign> members = new HashSet<>();
    for (Who member : written.get(name)) {
      members.addAll(resolve(name, member));
    }
    path.removeLast();
    memberships += members.size();
    if (memberships > MOST_MEMBERSHIPS) {
      throw new Flaw(line(name), "groups have more than " + MOST_MEMBERSHIPS + " members in all");
    }
    resolved.put(name, members);
    return members;
  }

  private Set<AtSign> resolve(String name, Who member) {
    if (member instanceof Who.One one) {
      return Set.of(one.atSign());
    }
    if (member instanceof Who.Member inner && written.containsKey(inner.group())) {
      return resolve(inner.group());
    }
    throw new Flaw(
        line(name),
        "group '" + name + "' cannot have '" + member + "': expected an atSign or a group here");
  }

  private int line(String name) {
    return keys.node(name).map(Node::line).orElse(keys.line());
  }
}
