package org.noports.cipher.catalogue;

import java.util.Optional;
import org.noports.api.cipher.PresentAlgorithm;
import org.noports.cipher.catalogue.plugin.Origin;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/**
 * A service that a bundle has registered as an algorithm.
 *
 * @param reference of the service
 * @param plugIn the service itself
 * @param origin the bundle as it was then
 */
record Registration(ServiceReference<?> reference, Object plugIn, Origin origin) {
  static Registration of(ServiceReference<?> reference, Object plugIn) {
    return new Registration(reference, plugIn, Origin.of(reference));
  }

  /** Its bundle, while it is registered. */
  Optional<Bundle> bundle() {
    return Optional.ofNullable(reference.getBundle());
  }

  /** What it says of itself; empty without a name. */
  Optional<PresentAlgorithm> algorithm(String kind, String property) {
    String engine =
        reference.getProperty(PresentAlgorithm.ENGINE) instanceof String said ? said : "its own";
    return reference.getProperty(property) instanceof String name
        ? Optional.of(new PresentAlgorithm(kind, name, origin.toString(), engine, !origin.ours()))
        : Optional.empty();
  }
}
