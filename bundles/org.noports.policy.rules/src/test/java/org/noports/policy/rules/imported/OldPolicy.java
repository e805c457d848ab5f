package org.noports.policy.rules.imported;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A policy of user groups, and what its program answers: looked up as plainly as it says. */
final class OldPolicy {
  private static final List<String> CLIENTS = List.of("@alice", "@bob", "@carol");
  private static final List<String> DAEMONS = List.of("@plant", "@office");
  private static final List<String> NAMES = List.of("dev1", "dev2");
  private static final List<String> GROUPS = List.of("net1", "net2", "__none__");
  private static final List<String> PLACES =
      List.of("host-a:22", "host-b:80", "*:22", "host-a:*", "*:*");
  private static final List<String> TARGETS =
      List.of("host-a:22", "host-a:80", "host-b:22", "host-b:80", "host-c:443");

  /** One user group. */
  record Group(
      List<String> users,
      List<String> daemons,
      Map<String, List<String>> names,
      Map<String, List<String>> groups) {}

  /** Who asks for what; no target where only the device is asked for. */
  record Asked(String client, String daemon, String name, String group, Optional<String> target) {}

  private final List<Group> all = new ArrayList<>();

  OldPolicy(Random random) {
    for (int i = random.nextInt(4); i >= 0; i--) {
      all.add(
          new Group(
              some(random, CLIENTS, 1),
              some(random, DAEMONS, 1),
              lists(random, NAMES),
              lists(random, GROUPS)));
    }
  }

  private static List<String> some(Random random, List<String> of, int least) {
    List<String> some = new ArrayList<>(of);
    while (some.size() > least && random.nextBoolean()) {
      some.remove(random.nextInt(some.size()));
    }
    return some;
  }

  private static Map<String, List<String>> lists(Random random, List<String> keys) {
    Map<String, List<String>> lists = new LinkedHashMap<>();
    for (String key : some(random, keys, 0)) {
      lists.put(key, some(random, PLACES, 0));
    }
    return lists;
  }

  Asked ask(Random random) {
    return new Asked(
        one(random, CLIENTS),
        one(random, DAEMONS),
        one(random, NAMES),
        one(random, GROUPS),
        random.nextInt(5) == 0 ? Optional.empty() : Optional.of(one(random, TARGETS)));
  }

  private static String one(Random random, List<String> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** First the device's name, over all groups; only if none has it, its group. */
  boolean permits(Asked asked) {
    List<String> byName = new ArrayList<>();
    List<String> byGroup = new ArrayList<>();
    boolean named = false;
    boolean grouped = false;
    for (Group group : all) {
      if (group.users().contains(asked.client()) && group.daemons().contains(asked.daemon())) {
        named |= group.names().containsKey(asked.name());
        grouped |= group.groups().containsKey(asked.group());
        byName.addAll(group.names().getOrDefault(asked.name(), List.of()));
        byGroup.addAll(group.groups().getOrDefault(asked.group(), List.of()));
      }
    }
    List<String> places = named ? byName : byGroup;
    return (named || grouped)
        && asked
            .target()
            .map(target -> places.stream().anyMatch(p -> fits(p, target)))
            .orElse(true);
  }

  private static boolean fits(String place, String target) {
    String[] permitted = place.split(":");
    String[] wanted = target.split(":");
    return (permitted[0].equals("*") || permitted[0].equals(wanted[0]))
        && (permitted[1].equals("*") || permitted[1].equals(wanted[1]));
  }

  String yaml() {
    StringBuilder yaml = new StringBuilder("userGroups:\n");
    for (int i = 0; i < all.size(); i++) {
      Group group = all.get(i);
      yaml.append("  \"group-").append(i).append("\":\n");
      yaml.append("    userAtSigns: ").append(list(group.users())).append('\n');
      yaml.append("    permissions:\n");
      yaml.append("      daemonAtSigns: ").append(list(group.daemons())).append('\n');
      lists("deviceNames", group.names(), yaml);
      lists("deviceGroupNames", group.groups(), yaml);
    }
    return yaml.toString();
  }

  private static void lists(String key, Map<String, List<String>> lists, StringBuilder yaml) {
    if (!lists.isEmpty()) {
      yaml.append("      ").append(key).append(":\n");
      lists.forEach(
          (name, places) ->
              yaml.append("        \"")
                  .append(name)
                  .append("\": ")
                  .append(list(places))
                  .append('\n'));
    }
  }

  private static String list(List<String> texts) {
    return texts.isEmpty() ? "[]" : "[\"" + String.join("\", \"", texts) + "\"]";
  }
}
