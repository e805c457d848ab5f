package org.noports.cipher.catalogue;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.noports.api.ConfigurationInvalid;
import org.noports.api.cipher.AlgorithmStatus;
import org.noports.api.cipher.CipherRules;
import org.noports.api.cipher.CipherUser.Outcome;
import org.noports.api.cipher.Departure.Reason;
import org.noports.api.cipher.Provider;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Puts the owner's rules in force, from a file or a command: what is not offered any more by them
 * is left by all that use it.
 */
final class OwnersRules implements CipherRules {
  private final Shelves shelves;
  private final Departures departures;
  private final Executor work;
  private final Runnable changed;
  private final Supplier<Optional<ConfigurationAdmin>> configurations;
  private final SettingsInForce inForce;

  /** What rules are read from, by whoever asks on the way. */
  static final class SettingsInForce implements Supplier<CatalogueSettings> {
    private volatile CatalogueSettings settings = CatalogueSettings.DEFAULT;

    @Override
    public CatalogueSettings get() {
      return settings;
    }
  }

  /** What the rules act on. */
  record Parts(Shelves shelves, Departures departures, Executor work, Runnable changed) {}

  OwnersRules(
      SettingsInForce inForce, Parts parts, Supplier<Optional<ConfigurationAdmin>> configurations) {
    this.inForce = inForce;
    this.shelves = parts.shelves;
    this.departures = parts.departures;
    this.work = parts.work;
    this.changed = parts.changed;
    this.configurations = configurations;
  }

  /** Does not wait until everybody has left. */
  void apply(CatalogueSettings next) {
    Set<Provider> gone = rule(next);
    work.execute(() -> departures.leave(gone, Reason.DENIED));
  }

  /** From now on these rules hold; those that are not offered any more by them. */
  private Set<Provider> rule(CatalogueSettings next) {
    Set<Provider> before;
    Set<Provider> after;
    synchronized (this) {
      CatalogueSettings now = inForce.get();
      if (next.equals(now)) {
        return Set.of();
      }
      before = shelves.offered();
      inForce.settings = next;
      if (!next.plugIns().equals(now.plugIns())) {
        shelves.admitAgain();
      }
      after = shelves.offered();
    }
    CatalogueLog.ruled(next);
    if (!before.equals(after)) {
      changed.run();
    }
    before.removeAll(after);
    return before;
  }

  @Override
  public List<AlgorithmStatus> algorithms() {
    var usage = departures.usage();
    return shelves.statuses(provider -> usage.getOrDefault(provider, 0));
  }

  @Override
  public Outcome deny(String algorithm) throws ConfigurationInvalid {
    require(algorithm);
    return departures.leave(keep(inForce.get().denying(algorithm)), Reason.DENIED);
  }

  @Override
  public boolean allow(String algorithm) throws ConfigurationInvalid {
    CatalogueSettings now = inForce.get();
    if (!now.deny().contains(requireNonNull(algorithm, "algorithm is null"))) {
      require(algorithm);
    }
    CatalogueSettings next = now.allowing(algorithm);
    keep(next);
    return !next.equals(now);
  }

  /** In force first: what configuration says then is what holds already. */
  private Set<Provider> keep(CatalogueSettings next) throws ConfigurationInvalid {
    CatalogueSettings before = inForce.get();
    if (next.equals(before)) {
      return Set.of();
    }
    Set<Provider> gone = rule(next);
    try {
      new KeptRules(configurations.get()).keep(next);
      return gone;
    } catch (ConfigurationInvalid e) {
      rule(before);
      throw e;
    }
  }

  private void require(String algorithm) throws ConfigurationInvalid {
    List<String> names =
        algorithms().stream().map(each -> each.algorithm().name()).distinct().toList();
    if (!names.contains(requireNonNull(algorithm, "algorithm is null"))) {
      throw new ConfigurationInvalid(
          "No bundle here brings an algorithm '"
              + algorithm
              + "'; those that are here: "
              + String.join(", ", names));
    }
  }
}
