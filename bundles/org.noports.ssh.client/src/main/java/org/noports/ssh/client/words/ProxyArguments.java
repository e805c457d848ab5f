package org.noports.ssh.client.words;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.DeviceName;
import org.noports.api.Target;

/**
 * Which device's SSH server, and by which way: what {@code noports proxy} is asked for.
 *
 * @param device whom
 * @param target where to, from the device on
 * @param from which of our atSigns asks, if it was said
 * @param relay through which relay, if it was said
 * @param expect the fingerprint that the device's key must have, if it was said
 * @param sessionKey where ssh asks for a key of the session's, if it shall have one
 */
public record ProxyArguments(
    DeviceAddress device,
    Target target,
    Optional<AtSign> from,
    Optional<AtSign> relay,
    Optional<String> expect,
    Optional<Path> sessionKey) {
  /** Where sshd listens on most devices. */
  public static final Target USUAL_TARGET = Target.of("localhost:22");

  public ProxyArguments {
    requireNonNull(device, "device is null");
    requireNonNull(target, "target is null");
    requireNonNull(from, "from is null");
    requireNonNull(relay, "relay is null");
    requireNonNull(expect, "expect is null");
    requireNonNull(sessionKey, "sessionKey is null");
  }

  /** Of who logs in by keys of his own. */
  public ProxyArguments(
      DeviceAddress device,
      Target target,
      Optional<AtSign> from,
      Optional<AtSign> relay,
      Optional<String> expect) {
    this(device, target, from, relay, expect, Optional.empty());
  }

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException with a full sentence
   */
  public static ProxyArguments of(List<String> words) {
    Reading reading = new Reading();
    for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
      reading.take(rest.next(), rest);
    }
    return new ProxyArguments(
        reading.device.orElseThrow(
            () -> new IllegalArgumentException("Which device? noports proxy --help shows how")),
        reading.target,
        reading.from,
        reading.relay,
        reading.expect,
        reading.sessionKey);
  }

  /** The name that the server's host key is kept by: another server behind a device is another. */
  public String hostKeyName() {
    return target.equals(USUAL_TARGET) ? device.toString() : device + "/" + target;
  }

  /**
   * Reads {@code dev1@device}.
   *
   * @throws IllegalArgumentException with a full sentence
   */
  public static DeviceAddress device(String text) {
    int at = text.indexOf('@');
    if (at < 1) {
      throw new IllegalArgumentException(
          "'" + text + "' names no device: write its name and its atSign, as in dev1@device");
    }
    return new DeviceAddress(AtSign.of(text.substring(at)), DeviceName.of(text.substring(0, at)));
  }

  private static final class Reading {
    private Optional<DeviceAddress> device = Optional.empty();
    private Target target = USUAL_TARGET;
    private Optional<AtSign> from = Optional.empty();
    private Optional<AtSign> relay = Optional.empty();
    private Optional<String> expect = Optional.empty();
    private Optional<Path> sessionKey = Optional.empty();

    private void take(String word, Iterator<String> rest) {
      int equals = word.startsWith("--") ? word.indexOf('=') : -1;
      String name = equals < 0 ? word : word.substring(0, equals);
      Optional<String> given =
          equals < 0 ? Optional.empty() : Optional.of(word.substring(equals + 1));
      switch (name) {
        case "--to" -> target = Target.of(value(name, given, rest));
        case "--from", "-f" -> from = Optional.of(AtSign.of(value(name, given, rest)));
        case "--relay", "-r" -> relay = Optional.of(AtSign.of(value(name, given, rest)));
        case "--expect" -> expect = Optional.of(value(name, given, rest));
        case "--session-key" -> sessionKey = Optional.of(socket(value(name, given, rest)));
        default -> plain(word);
      }
    }

    private void plain(String word) {
      if (word.startsWith("-")) {
        throw new IllegalArgumentException(
            "There is no option '" + word + "'; noports proxy --help lists them");
      }
      if (device.isPresent()) {
        throw new IllegalArgumentException("One device is enough, not also '" + word + "'");
      }
      device = Optional.of(ProxyArguments.device(word));
    }

    private static Path socket(String text) {
      Path path = Path.of(text);
      if (!path.isAbsolute()) {
        throw new IllegalArgumentException(
            "--session-key names the socket of ssh's IdentityAgent by its whole path, not '"
                + text
                + "'");
      }
      return path;
    }

    private static String value(String name, Optional<String> given, Iterator<String> rest) {
      if (given.isEmpty() && !rest.hasNext()) {
        throw new IllegalArgumentException("Option '" + name + "' needs a value");
      }
      return given.orElseGet(rest::next);
    }
  }
}
