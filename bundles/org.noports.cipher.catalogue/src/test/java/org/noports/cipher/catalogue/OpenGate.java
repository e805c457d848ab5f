package org.noports.cipher.catalogue;

import java.util.Optional;
import org.noports.api.cipher.PresentAlgorithm;
import org.noports.cipher.catalogue.guard.Kind;
import org.noports.cipher.catalogue.plugin.Origin;

/** Lets everything in as it is: for tests of what is behind, whose plug-ins compute nothing. */
final class OpenGate implements Gate {
  static LiveCipherCatalogue catalogue() {
    var catalogue = new LiveCipherCatalogue(it -> new OpenGate());
    catalogue.apply(FakeConfig.DEFAULT);
    return catalogue;
  }

  @Override
  public <T> Admitted<T> admit(Kind<T> kind, Registration from, PresentAlgorithm what, T plugIn) {
    return new Admitted<>(plugIn, Optional.empty());
  }

  @Override
  public Optional<String> quarantined(Origin origin) {
    return Optional.empty();
  }
}
