package org.noports.policy.rules.imported;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.noports.policy.rules.yaml.Flaw;
import org.noports.policy.rules.yaml.Keys;
import org.noports.policy.rules.yaml.Node;

/**
 * Reads {@code userGroups}. There a device's name is looked up first, over all groups of the
 * client, and only where none has it the device's group: so each client's grants by group leave out
 * the names that the same client has.
 */
final class ReadUserGroups {
  /** A condition has an end (decision 0021); a client with more names needs devices in groups. */
  private static final int MOST_LEFT_OUT = 40;

  /** What one client may reach behind one daemon's atSign. */
  private static final class Reach {
    private final SortedSet<String> from = new TreeSet<>();
    private final SortedMap<String, SortedSet<String>> names = new TreeMap<>();
    private final SortedMap<String, SortedSet<String>> groups = new TreeMap<>();
  }

  /** Who asks, and whose device. */
  private record Pair(String client, String daemon) {}

  private final OldWords words;
  private final Map<Pair, Reach> all = new LinkedHashMap<>();

  ReadUserGroups(OldWords words) {
    this.words = words;
  }

  List<Grant> read(Node node) {
    Keys groups = Keys.of(node, "userGroups");
    for (String name : groups.all()) {
      group(name, Keys.of(groups.node(name).orElseThrow(), "user group '" + name + "'"));
    }
    List<Grant> grants = new ArrayList<>();
    all.forEach((pair, reach) -> grants(node.line(), pair, reach, grants));
    return grants;
  }

  private void group(String name, Keys group) {
    List<String> users = group.needTexts("userAtSigns", OldWords::atSign);
    Optional<Node> permissions = group.node("permissions");
    group.done();
    if (permissions.isEmpty()) {
      return;
    }
    Keys keys = Keys.of(permissions.get(), "permissions");
    List<String> daemons = keys.needTexts("daemonAtSigns", OldWords::atSign);
    SortedMap<String, SortedSet<String>> names =
        lists(keys.node("deviceNames"), "deviceNames", OldWords::deviceName);
    SortedMap<String, SortedSet<String>> groups =
        lists(keys.node("deviceGroupNames"), "deviceGroupNames", OldWords::deviceGroup);
    keys.done();
    for (String user : users) {
      for (String daemon : daemons) {
        Reach reach = all.computeIfAbsent(new Pair(user, daemon), pair -> new Reach());
        reach.from.add(name);
        add(names, reach.names);
        add(groups, reach.groups);
      }
    }
  }

  private static void add(
      SortedMap<String, SortedSet<String>> some, SortedMap<String, SortedSet<String>> to) {
    some.forEach((name, places) -> to.computeIfAbsent(name, key -> new TreeSet<>()).addAll(places));
  }

  private SortedMap<String, SortedSet<String>> lists(
      Optional<Node> node, String what, Function<String, String> reader) {
    SortedMap<String, SortedSet<String>> lists = new TreeMap<>();
    if (node.isPresent()) {
      Keys keys = Keys.of(node.get(), what);
      for (String key : keys.all()) {
        Node list = keys.node(key).orElseThrow();
        SortedSet<String> places = new TreeSet<>();
        OldWords.items(list, "'" + key + "'").forEach(item -> places.add(words.place(item)));
        lists.computeIfAbsent(name(list, key, reader), k -> new TreeSet<>()).addAll(places);
      }
    }
    return lists;
  }

  private static String name(Node node, String key, Function<String, String> reader) {
    try {
      return reader.apply(key);
    } catch (IllegalArgumentException e) {
      throw new Flaw(node.line(), e.getMessage());
    }
  }

  private static void grants(int line, Pair pair, Reach reach, List<Grant> grants) {
    String from = String.join(", ", reach.from);
    reach.names.forEach(
        (name, places) ->
            grants.add(
                new Grant(from, pair.client(), name + pair.daemon(), Optional.empty(), places)));
    if (!reach.groups.isEmpty() && reach.names.size() > MOST_LEFT_OUT) {
      throw new Flaw(
          line,
          pair.client()
              + " has more than "
              + MOST_LEFT_OUT
              + " device names of "
              + pair.daemon()
              + " beside device groups: a rule for a group would have to leave out each of them");
    }
    reach.groups.forEach(
        (group, places) ->
            grants.add(
                new Grant(
                    from, pair.client(), pair.daemon(), Optional.of(when(group, reach)), places)));
  }

  private static String when(String group, Reach reach) {
    StringBuilder when = new StringBuilder("device.group == '" + group + "'");
    reach.names.keySet().forEach(name -> when.append(" && device.name != '" + name + "'"));
    return when.toString();
  }
}
