package org.noports.testkit.fakes;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.noports.api.AtSign;
import org.noports.api.DeviceName;
import org.noports.api.PeerKeyChanged;
import org.noports.api.identity.Fingerprint;
import org.noports.api.pins.Pin;
import org.noports.api.pins.Pins;

/** Pins in memory. */
public final class FakePins implements Pins {
  private final List<Pin> pins = new CopyOnWriteArrayList<>();

  @Override
  public List<Pin> all() {
    return List.copyOf(pins);
  }

  @Override
  public Optional<Pin> meet(AtSign peer, Optional<DeviceName> device, Map<String, Fingerprint> keys)
      throws PeerKeyChanged {
    for (Pin pin : pins) {
      boolean changed =
          keys.entrySet().stream()
              .anyMatch(
                  key ->
                      pin.keys().containsKey(key.getKey())
                          && !pin.keys().get(key.getKey()).equals(key.getValue()));
      if (pin.peer().equals(peer) && changed) {
        throw new PeerKeyChanged("The key of " + peer + " was learnt " + pin.learnt());
      }
    }
    return pins.stream()
        .filter(pin -> pin.peer().equals(peer) && pin.device().equals(device))
        .findFirst();
  }

  @Override
  public void keep(Pin pin) {
    Optional<Pin> before = pins.stream().filter(old -> old.name().equals(pin.name())).findFirst();
    Map<String, Fingerprint> keys = new TreeMap<>(pin.keys());
    before.ifPresent(old -> keys.putAll(old.keys()));
    boolean rises = before.filter(old -> old.lowest().compareTo(pin.lowest()) >= 0).isEmpty();
    pins.removeIf(old -> old.name().equals(pin.name()));
    pins.add(
        new Pin(
            pin.peer(),
            pin.device(),
            keys,
            rises ? pin.lowest() : before.get().lowest(),
            pin.since(),
            pin.learnt()));
  }

  @Override
  public int forget(AtSign peer, Optional<DeviceName> device) {
    int before = pins.size();
    pins.removeIf(pin -> pin.peer().equals(peer));
    return before - pins.size();
  }
}
