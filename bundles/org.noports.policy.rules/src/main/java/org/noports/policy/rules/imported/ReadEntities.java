package org.noports.policy.rules.imported;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.noports.policy.rules.yaml.Flaw;
import org.noports.policy.rules.yaml.Keys;
import org.noports.policy.rules.yaml.Node;

/**
 * Reads the entities of a policy of the second version: lists of them by their kind, each as it is
 * stored. There a service is a daemon, a device's name and a device's group, all three of them.
 */
final class ReadEntities {
  /** The kinds, as their programs name them. */
  static final Set<String> KINDS =
      Set.of("Client", "ClientGroup", "ClientGroupMember", "Daemon", "Service", "ServiceACL");

  /** A service. */
  private record Service(String devices, String group) {}

  private final OldWords words;

  ReadEntities(OldWords words) {
    this.words = words;
  }

  List<Grant> read(Keys all) {
    Map<String, String> clients =
        byId(all, "Client", Set.of("name"), keys -> keys.need("atSign", OldWords::atSign));
    Map<String, String> groups =
        byId(all, "ClientGroup", Set.of("description"), keys -> keys.need("name", text -> text));
    Map<String, String> daemons =
        byId(all, "Daemon", Set.of("name"), keys -> keys.need("atSign", OldWords::atSign));
    Map<String, Service> services =
        byId(all, "Service", Set.of("name"), keys -> service(keys, daemons));
    Map<String, List<String>> members = members(all, clients, groups);
    List<Grant> grants = new ArrayList<>();
    byId(
        all,
        "ServiceACL",
        Set.of(),
        keys -> {
          Service service = known(keys, "serviceId", services);
          String group = keys.need("clientGroupId", text -> text);
          String from = known(keys, "clientGroupId", groups);
          SortedSet<String> places = places(keys);
          for (String client : members.getOrDefault(group, List.of())) {
            String when = "device.group == '" + service.group() + "'";
            grants.add(new Grant(from, client, service.devices(), Optional.of(when), places));
          }
          return group;
        });
    all.done();
    return grants;
  }

  private static Service service(Keys keys, Map<String, String> daemons) {
    return new Service(
        keys.need("deviceName", OldWords::deviceName) + known(keys, "daemonId", daemons),
        keys.need("deviceGroupName", OldWords::deviceGroup));
  }

  private static Map<String, List<String>> members(
      Keys all, Map<String, String> clients, Map<String, String> groups) {
    Map<String, List<String>> members = new LinkedHashMap<>();
    byId(
        all,
        "ClientGroupMember",
        Set.of(),
        keys -> {
          String group = keys.need("clientGroupId", text -> text);
          known(keys, "clientGroupId", groups);
          String client = known(keys, "clientId", clients);
          members.computeIfAbsent(group, key -> new ArrayList<>()).add(client);
          return client;
        });
    return members;
  }

  private static <T> T known(Keys keys, String field, Map<String, T> things) {
    String id = keys.need(field, text -> text);
    return Optional.ofNullable(things.get(id))
        .orElseThrow(() -> new Flaw(keys.line(), field + " " + id + " is not in this file"));
  }

  private SortedSet<String> places(Keys keys) {
    SortedSet<String> places = new TreeSet<>();
    keys.node("permitOpen")
        .ifPresent(
            node -> {
              if (node instanceof Node.Text text) {
                for (String place : text.value().split(",")) {
                  if (!place.isBlank()) {
                    places.add(words.place(text.line(), place.strip()));
                  }
                }
              } else {
                OldWords.items(node, "permitOpen").forEach(item -> places.add(words.place(item)));
              }
            });
    return places;
  }

  private static <T> Map<String, T> byId(
      Keys all, String kind, Set<String> ignored, Function<Keys, T> reader) {
    Map<String, T> things = new LinkedHashMap<>();
    for (Node node : all.items(kind)) {
      Keys keys = Keys.of(node, "a " + kind);
      String id = keys.need("id", text -> text);
      ignored.forEach(keys::node);
      if (things.put(id, reader.apply(keys)) != null) {
        throw new Flaw(keys.line(), "the id " + id + " is said twice among " + kind);
      }
      keys.done();
    }
    return things;
  }
}
