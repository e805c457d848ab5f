package org.noports.policy.rules.book;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.noports.api.AtSign;

/** Who is in which group, groups in groups included. */
public final class Groups {
  /** None. */
  public static final Groups NONE = new Groups(Map.of());

  private final Map<String, Set<AtSign>> members;
  private final Map<AtSign, Set<String>> memberships = new HashMap<>();

  /** Of what has been resolved: each group with everybody in it. */
  public Groups(Map<String, Set<AtSign>> members) {
    Map<String, Set<AtSign>> copied = new HashMap<>();
    members.forEach((group, all) -> copied.put(group, Set.copyOf(all)));
    this.members = Map.copyOf(copied);
    members.forEach(
        (group, all) ->
            all.forEach(one -> memberships.computeIfAbsent(one, x -> new HashSet<>()).add(group)));
    memberships.replaceAll((one, groups) -> Set.copyOf(groups));
  }

  /** Everybody in {@code group}; nobody, if there is none of that name. */
  public Set<AtSign> members(String group) {
    return members.getOrDefault(group, Set.of());
  }

  /** Every group that {@code atSign} is in. */
  public Set<String> of(AtSign atSign) {
    return memberships.getOrDefault(atSign, Set.of());
  }

  /** The names of all. */
  public Set<String> names() {
    return members.keySet();
  }

  /** Whether {@code who} is one that is meant. */
  public boolean has(Who meant, AtSign who) {
    if (meant instanceof Who.One one) {
      return one.atSign().equals(who);
    }
    return !(meant instanceof Who.Member member) || members(member.group()).contains(who);
  }
}
