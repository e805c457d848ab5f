package org.noports.cipher.catalogue;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;

import java.util.Map;
import java.util.Optional;
import org.junit.Test;
import org.noports.api.cipher.PresentAlgorithm;
import org.noports.api.cipher.RecordCipher;
import org.noports.cipher.catalogue.guard.Kind;
import org.noports.cipher.catalogue.plugin.Origin;

public class ArrivalsTest {
  private final FakeReference<RecordCipher> xor =
      new FakeReference<>(Map.of(RecordCipher.ALGORITHM, "xor"), 0, 1);
  private Runnable meanwhile = () -> {};
  private final LiveCipherCatalogue catalogue = new LiveCipherCatalogue(it -> new SlowGate());

  /** A self-test takes its time, and the framework does not wait for it. */
  private final class SlowGate implements Gate {
    @Override
    public <T> Admitted<T> admit(Kind<T> kind, Registration from, PresentAlgorithm what, T plugIn) {
      meanwhile.run();
      return new Admitted<>(plugIn, Optional.empty());
    }

    @Override
    public Optional<String> quarantined(Origin origin) {
      return Optional.empty();
    }
  }

  @Test
  public void whoLeavesWhileItIsTriedIsNotThere() {
    catalogue.apply(FakeConfig.DEFAULT);
    meanwhile = () -> catalogue.unbindPlugIn(xor);
    catalogue.bindPlugIn(xor, new XorCipher());
    assertThat(catalogue.algorithms(), empty());
  }

  @Test
  public void whoIsChangedWhileItIsTriedIsThereOnce() {
    catalogue.apply(FakeConfig.DEFAULT);
    meanwhile =
        () -> {
          meanwhile = () -> {};
          catalogue.updatedPlugIn(xor, new XorCipher());
        };
    catalogue.bindPlugIn(xor, new XorCipher());
    assertThat(catalogue.algorithms(), hasSize(1));
  }
}
