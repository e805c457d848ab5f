package org.noports.atserver.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.noports.api.ConfigurationInvalid;
import org.noports.api.StoreFailed;

/**
 * The folder in which the operator names atSigns to be hosted: each file is read once, and again
 * when it has changed. Never changes an atSign that is there.
 */
final class ProvisionFolder {
  private final Housing housing;
  private final HostLog log;
  private final Map<Path, FileTime> read = new HashMap<>();

  ProvisionFolder(Housing housing, HostLog log) {
    this.housing = housing;
    this.log = log;
  }

  /** What one file says, as it was when it was read. */
  private record Order(Path file, FileTime written, ProvisionFile provision) {}

  /**
   * Looks for files that are new or changed; on the desk. Those that name their port come first, so
   * that it is not given to the atSign of another file.
   */
  void look(Path folder) throws StoreFailed {
    List<Order> orders = new ArrayList<>();
    for (Path file : files(folder)) {
      FileTime written = changedAt(file);
      if (!written.equals(read.get(file))) {
        order(file, written).ifPresent(orders::add);
      }
    }
    orders.sort(Comparator.comparing(order -> order.provision().port().isEmpty()));
    for (Order order : orders) {
      use(order.file(), order.provision());
      read.put(order.file(), order.written());
    }
  }

  private Optional<Order> order(Path file, FileTime written) {
    try {
      return Optional.of(new Order(file, written, ProvisionFile.read(file)));
    } catch (ConfigurationInvalid e) {
      log.fileUnusable(e.getMessage());
      read.put(file, written);
      return Optional.empty();
    }
  }

  private void use(Path file, ProvisionFile provision) throws StoreFailed {
    try {
      if (!provision.hosted()) {
        housing.remove(provision.atSign(), HouseBook.Away.FILE);
        return;
      }
      Founding founding = founding(provision);
      Housing.Order done =
          housing.found(provision.atSign(), provision.port(), founding, HouseBook.Away.FILE);
      if (done == Housing.Order.BACK) {
        log.back(provision.atSign(), file);
      } else if (done == Housing.Order.AWAY) {
        log.stillAway(provision.atSign(), file);
      }
      if (done != Housing.Order.FOUNDED && founding instanceof Founding.WithKeys keys) {
        compare(file, provision, keys);
      }
    } catch (ConfigurationInvalid e) {
      log.fileUnusable(e.getMessage());
    }
  }

  private static Founding founding(ProvisionFile provision) throws ConfigurationInvalid {
    if (provision.cramSecretFile().isPresent()) {
      return new Founding.WithSecret(ProvisionFile.readSecret(provision.cramSecretFile().get()));
    }
    ProvisionFile.PublicKeys keys = provision.keys().orElseThrow();
    return new Founding.WithKeys(keys.authentication(), keys.encryption());
  }

  private void compare(Path file, ProvisionFile provision, Founding.WithKeys keys)
      throws StoreFailed {
    Optional<String> stored = housing.authenticationKey(provision.atSign());
    if (!stored.equals(Optional.of(keys.authenticationKey()))) {
      log.otherKey(provision.atSign(), file);
    }
  }

  private List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.getFileName().toString().endsWith(".atsign"))
          .sorted()
          .toList();
    } catch (IOException e) {
      log.fileUnusable("The folder " + folder + " cannot be listed: " + e.getMessage());
      return List.of();
    }
  }

  private static FileTime changedAt(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      // Gone in the meantime: reading it says so by name.
      return FileTime.fromMillis(-1);
    }
  }
}
