package org.noports.cipher.catalogue;

import java.util.Optional;
import org.noports.api.cipher.PresentAlgorithm;
import org.noports.cipher.catalogue.guard.Kind;
import org.noports.cipher.catalogue.plugin.Origin;

/** Before a plug-in gets onto a {@link Shelf}. */
interface Gate {
  /**
   * What sessions get of a plug-in, or why they get nothing.
   *
   * @param plugIn to be used instead of what came
   * @param refusal empty if it may be used
   */
  record Admitted<T>(T plugIn, Optional<String> refusal) {}

  /** Looks at a plug-in that has arrived; may take seconds if a third party's hangs. */
  <T> Admitted<T> admit(Kind<T> kind, Registration from, PresentAlgorithm what, T plugIn);

  /** Why nothing of that bundle is used any more; empty if it may be. */
  Optional<String> quarantined(Origin origin);
}
