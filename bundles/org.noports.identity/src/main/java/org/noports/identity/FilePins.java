package org.noports.identity;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.noports.api.AtSign;
import org.noports.api.DeviceName;
import org.noports.api.IdentityUnusable;
import org.noports.api.NoPortsException;
import org.noports.api.PeerKeyChanged;
import org.noports.api.identity.Fingerprint;
import org.noports.api.pins.Pin;
import org.noports.api.pins.Pins;
import org.noports.api.tunnel.Level;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;

/**
 * The pins of this machine: a file of our own beside the keys, and one that a fleet's owner gave
 * us. Several instances may share the folder: each change is made to what the file says then.
 */
@Component(service = Pins.class, immediate = true, configurationPid = "org.noports.identity")
public final class FilePins implements Pins {
  static final String NAME = "pins.json";
  private static final Comparator<Pin> BY_NAME =
      Comparator.comparing((Pin pin) -> pin.peer().name()).thenComparing(Pin::name);

  private PinsFile own = file(KeyFolderIdentities.DEFAULT_FOLDER);
  private Optional<PinsFile> fleet = Optional.empty();

  @Activate
  @Modified
  synchronized void configure(KeyFolderIdentities.Configuration configuration) {
    own = file(configuration.folders());
    fleet =
        IdentitySettings.path(configuration.pins())
            .map(path -> new PinsFile(path, "from the fleet's file " + path));
  }

  private static PinsFile file(String folders) {
    Path folder = IdentitySettings.of(folders, "").folders().get(0);
    return new PinsFile(folder.resolve(NAME), "from a file that does not say how");
  }

  @Override
  public synchronized List<Pin> all() throws IdentityUnusable {
    List<Pin> all = new ArrayList<>();
    if (fleet.isPresent()) {
      if (!Files.exists(fleet.get().path())) {
        throw new IdentityUnusable(
            "The fleet's pins are not there: "
                + fleet.get().path()
                + " (pins in etc/org.noports.identity.cfg)");
      }
      all.addAll(fleet.get().pins().stream().sorted(BY_NAME).toList());
    }
    all.addAll(own.pins().stream().sorted(BY_NAME).toList());
    return List.copyOf(all);
  }

  @Override
  public Optional<Pin> meet(AtSign peer, Optional<DeviceName> device, Map<String, Fingerprint> keys)
      throws PeerKeyChanged, IdentityUnusable {
    List<Pin> known = compared(all(), peer, device, keys);
    return known.stream()
        .filter(pin -> pin.device().isEmpty() || pin.device().equals(device))
        .reduce(FilePins::stricter);
  }

  /** What is said of that peer, and does not contradict the keys that it has now. */
  private static List<Pin> compared(
      List<Pin> pins, AtSign peer, Optional<DeviceName> device, Map<String, Fingerprint> keys)
      throws PeerKeyChanged {
    List<Pin> known = pins.stream().filter(pin -> pin.peer().equals(peer)).toList();
    for (Pin pin : known) {
      boolean concerned = pin.device().isEmpty() || pin.device().equals(device);
      for (Map.Entry<String, Fingerprint> key : keys.entrySet()) {
        Optional<String> same = comparable(pin, key.getKey(), concerned);
        if (same.isPresent() && !key.getValue().equals(pin.keys().get(same.get()))) {
          throw changed(pin, same.get(), pin.keys().get(same.get()), key.getValue());
        }
      }
    }
    return known;
  }

  /**
   * Which known key must be the same as one named {@code name}, if any. The RSA key is the whole
   * atSign's. An ML-DSA-65 key is one program's: a device is one program, a client may be several.
   */
  private static Optional<String> comparable(Pin pin, String name, boolean concerned) {
    if (!Pin.isMlDsa65(name)) {
      return Optional.of(name).filter(pin.keys()::containsKey);
    }
    return pin.keys().keySet().stream()
        .filter(known -> concerned && Pin.isMlDsa65(known))
        .filter(known -> pin.device().isPresent() || known.equals(name))
        .findFirst();
  }

  /** Both hold: the higher of the lowest levels counts, and the keys of both. */
  private static Pin stricter(Pin one, Pin other) {
    return merged(one.lowest().compareTo(other.lowest()) >= 0 ? one : other, one, other);
  }

  /** {@code base} with the keys and the higher level of both; the first one's keys come first. */
  private static Pin merged(Pin base, Pin one, Pin other) {
    Map<String, Fingerprint> keys = new TreeMap<>(other.keys());
    keys.putAll(one.keys());
    return new Pin(
        base.peer(),
        base.device(),
        keys,
        higher(one.lowest(), other.lowest()),
        base.since(),
        base.learnt());
  }

  private static PeerKeyChanged changed(Pin pin, String kind, Fingerprint known, Fingerprint now) {
    return new PeerKeyChanged(
        "The "
            + kind
            + " key of "
            + pin.peer()
            + " is "
            + now
            + ", and here it is known as "
            + known
            + ", learnt "
            + pin.learnt()
            + " with "
            + pin.name()
            + " ("
            + pin.since()
            + "): somebody may stand in the middle. Ask its owner for the fingerprint that"
            + " noports:keys-show prints there; if it is the new one, noports:pins --forget "
            + pin.peer());
  }

  @Override
  public synchronized void keep(Pin pin) throws PeerKeyChanged, IdentityUnusable {
    List<Pin> now = compared(own.pins(), pin.peer(), pin.device(), pin.keys());
    Optional<Pin> known = now.stream().filter(old -> old.name().equals(pin.name())).findAny();
    if (known.isPresent() && merged(known.get(), known.get(), pin).equals(known.get())) {
      return;
    }
    this.<PeerKeyChanged>change(pins -> with(pins, pin));
  }

  /**
   * Of two that meet a peer for the first time at once, the later one finds what the other kept.
   */
  private static List<Pin> with(List<Pin> pins, Pin added) throws PeerKeyChanged {
    compared(pins, added.peer(), added.device(), added.keys());
    Optional<Pin> before = pins.stream().filter(pin -> pin.name().equals(added.name())).findFirst();
    Pin kept = before.map(old -> merged(old, old, added)).orElse(added);
    return Stream.concat(
            pins.stream().filter(pin -> !pin.name().equals(added.name())), Stream.of(kept))
        .sorted(BY_NAME)
        .toList();
  }

  private static Level higher(Level one, Level other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  @Override
  public synchronized int forget(AtSign peer, Optional<DeviceName> device) throws IdentityUnusable {
    int before = own.pins().size();
    this.<IdentityUnusable>change(
        pins ->
            pins.stream()
                .filter(
                    pin ->
                        !pin.peer().equals(peer)
                            || device.isPresent() && !pin.device().equals(device))
                .toList());
    return before - own.pins().size();
  }

  /** What becomes of the pins that are there. */
  private interface Change<E extends NoPortsException> {
    List<Pin> to(List<Pin> pins) throws E;
  }

  /** Under a lock that other processes respect, so that none of them loses what it learnt. */
  private <E extends NoPortsException> void change(Change<E> next) throws E, IdentityUnusable {
    Path folder = own.path().getParent();
    try {
      Files.createDirectories(folder);
      try (FileChannel channel =
              FileChannel.open(
                  folder.resolve("." + NAME + ".lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        List<Pin> before = own.pins();
        List<Pin> after = next.to(before);
        if (!after.equals(before) && lock.isValid()) {
          own.write(after);
        }
      }
    } catch (IOException e) {
      throw new IdentityUnusable(
          "What was learnt of a peer cannot be kept in " + folder + ": " + e.getMessage(), e);
    }
  }
}
