package org.noports.policy.rules.engine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.noports.api.policy.RequestKind;
import org.noports.policy.rules.book.Devices;
import org.noports.policy.rules.book.Hosts;
import org.noports.policy.rules.book.Place;
import org.noports.policy.rules.book.Rule;
import org.noports.policy.rules.book.RuleBook;
import org.noports.policy.rules.book.Who;
import org.noports.policy.rules.question.Endpoint;
import org.noports.policy.rules.question.Question;

/**
 * Finds the rules that may say anything about a question, by device, who and place. May find more
 * than match, never fewer.
 */
final class RuleIndex {
  private static final String ANY = Who.ANY;

  private final RuleBook book;
  private final Map<String, Map<String, Map<String, List<Integer>>>> byDevice = new HashMap<>();

  RuleIndex(RuleBook book) {
    this.book = book;
    for (int i = 0; i < book.rules().size(); i++) {
      add(i, book.rules().get(i));
    }
  }

  private void add(int number, Rule rule) {
    Set<String> places = new TreeSet<>();
    rule.places().forEach(place -> places.add(key(place)));
    if (places.isEmpty()) {
      places.add(ANY);
    }
    for (Devices devices : rule.devices()) {
      var byWho = byDevice.computeIfAbsent(devices.toString(), x -> new HashMap<>());
      for (Who who : rule.who()) {
        var byPlace = byWho.computeIfAbsent(who.toString(), x -> new HashMap<>());
        places.forEach(
            place -> byPlace.computeIfAbsent(place, x -> new ArrayList<>(1)).add(number));
      }
    }
  }

  /** The rules' numbers in the book, in the order of their names. */
  BitSet find(Question question) {
    BitSet found = new BitSet(book.rules().size());
    Set<String> groups = book.groups().of(question.client());
    List<String> places = keys(question);
    for (String device : keys(question.device().address().toString(), question)) {
      var byWho = byDevice.getOrDefault(device, Map.of());
      collect(byWho.get(ANY), places, found);
      collect(byWho.get(question.client().name()), places, found);
      if (groups.size() <= byWho.size()) {
        groups.forEach(group -> collect(byWho.get(Who.GROUP + group), places, found));
      } else {
        byWho.forEach(
            (who, byPlace) -> {
              if (who.startsWith(Who.GROUP) && groups.contains(who.substring(Who.GROUP.length()))) {
                collect(byPlace, places, found);
              }
            });
      }
    }
    return found;
  }

  private static void collect(
      Map<String, List<Integer>> byPlace, List<String> places, BitSet found) {
    if (byPlace == null) {
      return;
    }
    if (places.isEmpty()) {
      byPlace.values().forEach(numbers -> numbers.forEach(found::set));
      return;
    }
    for (String place : places) {
      byPlace.getOrDefault(place, List.of()).forEach(found::set);
    }
  }

  private static List<String> keys(String address, Question question) {
    return List.of(
        ANY,
        question.device().address().atSign().name(),
        address,
        Who.GROUP + question.device().group());
  }

  /** Where a place is kept: by its name, if it has one, and by its port, if it is one. */
  private static String key(Place place) {
    if (place instanceof Place.Ports ports && ports.low() == ports.high()) {
      boolean named = ports.hosts() instanceof Hosts.Named;
      return (named ? ports.hosts().toString() : ANY) + ":" + ports.low();
    }
    return place instanceof Place.Services services && services.name().isPresent()
        ? place.toString()
        : ANY;
  }

  /** Where to look; empty for everywhere, since a ping has no place and matches any. */
  private static List<String> keys(Question question) {
    if (question.kind() == RequestKind.PING || question.endpoint().isEmpty()) {
      return List.of();
    }
    if (question.endpoint().get() instanceof Endpoint.Socket socket) {
      return List.of(ANY, ANY + ":" + socket.port(), socket.host() + ":" + socket.port());
    }
    return List.of(ANY, "service:" + ((Endpoint.Service) question.endpoint().get()).name());
  }
}
