package org.noports.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.noports.api.Target;
import org.noports.api.tunnel.Forward;
import org.noports.api.tunnel.LocalAddress;

/**
 * What {@code connect}'s options ask for, beside whom. A local forward that names its target is the
 * session's own if nothing else is: that needs no more of the device than one session can.
 *
 * @param target the session's own target
 * @param local where that is reached, if anywhere
 * @param forwards the rest
 */
record ForwardOptions(Target target, Optional<LocalAddress> local, List<Forward> forwards) {
  private static final String ANY_PORT = "0";
  private static final Target USUAL = Target.of("localhost:22");

  static ForwardOptions of(
      Optional<String> to,
      List<String> locals,
      List<String> remotes,
      List<String> socks,
      List<String> udps) {
    List<Forward> others = new ArrayList<>();
    locals.stream().filter(Forward.Local::namesTarget).map(Forward.Local::of).forEach(others::add);
    remotes.stream().map(Forward.Remote::of).forEach(others::add);
    socks.stream().map(LocalAddress::of).map(Forward.Socks::new).forEach(others::add);
    udps.stream().map(Forward.Udp::of).forEach(others::add);
    List<String> plain =
        new ArrayList<>(locals.stream().filter(text -> !Forward.Local.namesTarget(text)).toList());
    if (plain.isEmpty() && others.isEmpty()) {
      plain.add(ANY_PORT);
    }
    if (to.isEmpty() && plain.isEmpty() && others.get(0) instanceof Forward.Local first) {
      return new ForwardOptions(
          first.to(), Optional.of(first.at()), others.subList(1, others.size()));
    }
    Target target = to.map(Target::of).orElse(USUAL);
    plain.stream()
        .skip(1)
        .forEach(text -> others.add(new Forward.Local(LocalAddress.of(text), target)));
    return new ForwardOptions(
        target, plain.stream().findFirst().map(LocalAddress::of), List.copyOf(others));
  }
}
