package org.noports.policy.rules.engine;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.noports.policy.rules.book.Hosts;
import org.noports.policy.rules.book.Place;
import org.noports.policy.rules.question.Endpoint;
import org.noports.policy.rules.question.Network;

/** Where questions of {@link Samples} go: a place for each that rules can tell apart. */
final class Places {
  private static final String ANY = "any-other";

  private final Set<String> names = new LinkedHashSet<>(List.of(ANY, "localhost"));
  private final Set<InetAddress> addresses = new LinkedHashSet<>();
  private final Set<Integer> ports = new TreeSet<>(List.of(1));
  private final Set<String> services = new LinkedHashSet<>(List.of(ANY));

  private Places() {
    // The first of each family that is no loopback and not unspecified, and one that is.
    List.of("0.0.0.1", "::2", "127.0.0.1")
        .forEach(text -> Network.address(text).ifPresent(addresses::add));
  }

  static List<Optional<Endpoint>> samples(List<Place> places) {
    Places samples = new Places();
    places.forEach(samples::note);
    return samples.all();
  }

  private void note(Place place) {
    if (place instanceof Place.Services service) {
      service.name().ifPresent(services::add);
    } else if (place instanceof Place.Ports some) {
      ports.add(some.low());
      if (some.high() < 65535) {
        ports.add(some.high() + 1);
      }
      note(some.hosts());
    }
  }

  private void note(Hosts hosts) {
    if (hosts instanceof Hosts.Named named) {
      names.add(named.name());
    } else if (hosts instanceof Hosts.Below below) {
      names.add(ANY + below.suffix());
    } else if (hosts instanceof Hosts.In in) {
      addresses.addAll(in.network().edges());
    }
  }

  private List<Optional<Endpoint>> all() {
    List<Optional<Endpoint>> all = new ArrayList<>(List.of(Optional.empty()));
    services.forEach(service -> all.add(Optional.of(new Endpoint.Service(service))));
    for (int port : ports) {
      for (String name : names) {
        all.add(Optional.of(new Endpoint.Socket(name, port)));
        addresses.forEach(
            address -> all.add(Optional.of(new Endpoint.Socket(name, Optional.of(address), port))));
      }
    }
    return all;
  }
}
