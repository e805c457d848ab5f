package org.noports.cipher.catalogue;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;
import org.noports.api.cipher.PresentAlgorithm;
import org.noports.cipher.catalogue.guard.Guard;
import org.noports.cipher.catalogue.guard.Kind;
import org.noports.cipher.catalogue.guard.SelfTest;
import org.noports.cipher.catalogue.plugin.DeployFolder;
import org.noports.cipher.catalogue.plugin.Origin;
import org.noports.cipher.catalogue.plugin.OwnNames;
import org.noports.cipher.catalogue.plugin.Quarantine;

/**
 * Asks of each plug-in who brought it, fences a third party's in, and has it try itself. Our own
 * stay as they are: what seals our records is called without a detour.
 */
final class Admission implements Gate {
  private final Supplier<CatalogueSettings> settings;
  private final Supplier<Optional<DeployFolder>> deploy;
  private final BiConsumer<Origin, String> misbehaved;
  private final Quarantine quarantine = new Quarantine();
  private final Map<Origin, Guard> guards = new ConcurrentHashMap<>();

  /**
   * At the door of one catalogue.
   *
   * @param settings in force now
   * @param deploy the deploy folder, once it is known
   * @param misbehaved hears of a bundle that is not to be asked any more, and why, in the thread
   *     that found it: it must not block
   */
  Admission(
      Supplier<CatalogueSettings> settings,
      Supplier<Optional<DeployFolder>> deploy,
      BiConsumer<Origin, String> misbehaved) {
    this.settings = settings;
    this.deploy = deploy;
    this.misbehaved = misbehaved;
  }

  @Override
  public <T> Admitted<T> admit(Kind<T> kind, Registration from, PresentAlgorithm what, T plugIn) {
    Origin origin = from.origin();
    Optional<String> refusal =
        misnamed(what)
            .or(() -> OwnNames.refusal(what))
            .or(() -> settings.get().refusal(origin, from.bundle()))
            .or(() -> deploy.get().flatMap(folder -> folder.refusal(origin)))
            .or(() -> quarantined(origin));
    if (refusal.isPresent()) {
      return new Admitted<>(plugIn, refusal);
    }
    try {
      T used = origin.ours() ? plugIn : kind.fence().around(guard(origin), plugIn);
      if (kind.ours() || !origin.ours()) {
        kind.test().of(used);
      }
      return new Admitted<>(used, Optional.empty());
    } catch (CipherUnavailable | ProtocolViolation | SelfTest.Failed | RuntimeException e) {
      return new Admitted<>(plugIn, Optional.of(failed(origin, e)));
    }
  }

  private static Optional<String> misnamed(PresentAlgorithm what) {
    return CatalogueSettings.isName(what.name())
        ? Optional.empty()
        : Optional.of("its name is not one of 1 to 31 of a-z, 0-9 and -");
  }

  private String failed(Origin origin, Exception how) {
    String why = "it failed its self-test: " + how.getMessage();
    if (!origin.ours() && quarantine.why(origin).isEmpty()) {
      quarantine.put(origin, origin + ": " + why, false);
    }
    return why;
  }

  private Guard guard(Origin origin) {
    return guards.computeIfAbsent(
        origin, bundle -> new Guard(bundle.toString(), Guard.PATIENCE, new Watch(bundle)));
  }

  private final class Watch implements Guard.Listener {
    private final Origin bundle;

    Watch(Origin bundle) {
      this.bundle = bundle;
    }

    @Override
    public void misbehaved(String why, boolean abandoned) {
      quarantine.put(bundle, why, abandoned);
      misbehaved.accept(bundle, why);
    }

    @Override
    public void returned() {
      quarantine.returned(bundle);
    }
  }

  @Override
  public Optional<String> quarantined(Origin origin) {
    return origin.ours() ? Optional.empty() : quarantine.why(origin);
  }
}
