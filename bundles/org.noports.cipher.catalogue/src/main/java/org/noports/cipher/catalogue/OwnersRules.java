package org.noports.cipher.catalogue;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
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
  private final Object commands = new Object();

  /** What rules are read from, by whoever asks on the way. */
  static final class SettingsInForce implements Supplier<CatalogueSettings> {
    private volatile CatalogueSettings settings = CatalogueSettings.UNREAD;

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
    Set<Provider> gone = rule(now -> next).gone;
    work.execute(() -> departures.leave(gone, Reason.DENIED));
  }

  /** What held, what holds now, and those that are not offered any more by it. */
  private record Ruled(CatalogueSettings before, CatalogueSettings now, Set<Provider> gone) {
    boolean isNew() {
      return !now.equals(before);
    }
  }

  /** From now on the rules hold that follow from those in force. */
  private Ruled rule(UnaryOperator<CatalogueSettings> following) {
    CatalogueSettings now;
    CatalogueSettings next;
    Set<Provider> before;
    Set<Provider> after;
    synchronized (this) {
      now = inForce.get();
      next = following.apply(now);
      if (next.equals(now)) {
        return new Ruled(now, next, Set.of());
      }
      before = shelves.offered();
      inForce.settings = next;
      if (now.isUnread() || !next.plugIns().equals(now.plugIns())) {
        shelves.admitAgain();
      }
      after = shelves.offered();
    }
    CatalogueLog.ruled(next);
    if (!before.equals(after)) {
      changed.run();
    }
    before.removeAll(after);
    return new Ruled(now, next, before);
  }

  @Override
  public List<AlgorithmStatus> algorithms() {
    var usage = departures.usage();
    return shelves.statuses(provider -> usage.getOrDefault(provider, 0));
  }

  @Override
  public Outcome deny(String algorithm) throws ConfigurationInvalid {
    require(algorithm);
    return departures.leave(keep(now -> now.denying(algorithm)).gone, Reason.DENIED);
  }

  @Override
  public boolean allow(String algorithm) throws ConfigurationInvalid {
    if (!inForce.get().deny().contains(requireNonNull(algorithm, "algorithm is null"))) {
      require(algorithm);
    }
    return keep(now -> now.allowing(algorithm)).isNew();
  }

  /**
   * In force first: what configuration says then is what holds already. One command at a time: each
   * builds on what the one before it has kept.
   */
  private Ruled keep(UnaryOperator<CatalogueSettings> following) throws ConfigurationInvalid {
    synchronized (commands) {
      requireRead();
      Ruled ruled = rule(following);
      if (!ruled.isNew()) {
        return ruled;
      }
      try {
        new KeptRules(configurations.get()).keep(ruled.now);
        return ruled;
      } catch (ConfigurationInvalid e) {
        rule(now -> now.equals(ruled.now) ? ruled.before : now);
        throw e;
      }
    }
  }

  /** What would be written over what could not be read loses what its owner meant. */
  private void requireRead() throws ConfigurationInvalid {
    if (inForce.get().isUnread()) {
      throw new ConfigurationInvalid(
          "No rule is changed while "
              + CatalogueSettings.FILE
              + " cannot be read; health says what is wrong with it");
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
