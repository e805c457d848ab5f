package org.noports.cipher.catalogue;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.Before;
import org.junit.Test;
import org.noports.api.Secret;
import org.noports.api.cipher.CipherUser;
import org.noports.api.cipher.Departure;
import org.noports.api.cipher.Departure.Reason;
import org.noports.api.cipher.KeyStream;
import org.noports.api.cipher.KeyTransport;
import org.noports.api.cipher.PresentAlgorithm;
import org.noports.api.cipher.Provider;
import org.noports.api.cipher.StreamCipher;
import org.osgi.framework.Bundle;

/** What the users of algorithms hear when bundles go, in the thread that stops them. */
public class DeparturesTest {
  private final FakeFramework framework = new FakeFramework();
  private final LiveCipherCatalogue catalogue = OpenGate.catalogue();
  private final User user = new User();
  private final FakeFramework.Installed one = framework.install();
  private final FakeFramework.Installed two = framework.install();

  /** Says what the test wants, and remembers what was offered when it was asked to leave. */
  private final class User implements CipherUser {
    final List<Departure> departures = new ArrayList<>();
    final List<List<PresentAlgorithm>> offered = new ArrayList<>();
    CompletableFuture<Outcome> answer = CompletableFuture.completedFuture(new Outcome(1, 0, 0));

    @Override
    public Map<Provider, Integer> usage() {
      return Map.of();
    }

    @Override
    public CompletionStage<Outcome> leave(Departure departure) {
      departures.add(departure);
      offered.add(catalogue.present());
      return answer;
    }
  }

  private static final class NoCipher implements StreamCipher {
    @Override
    public int keyLength() {
      return 1;
    }

    @Override
    public int ivLength() {
      return 1;
    }

    @Override
    public KeyStream start(Secret key, byte[] iv) {
      throw new UnsupportedOperationException();
    }
  }

  private FakeReference<StreamCipher> cipher(FakeFramework.Installed bundle, int id) {
    var reference =
        new FakeReference<StreamCipher>(Map.of(StreamCipher.ALGORITHM, "x"), 0, id, bundle.bundle);
    catalogue.bindPlugIn(reference, new NoCipher());
    return reference;
  }

  private FakeReference<KeyTransport> transport(FakeFramework.Installed bundle, int id) {
    var reference =
        new FakeReference<KeyTransport>(Map.of(KeyTransport.ALGORITHM, "t"), 0, id, bundle.bundle);
    catalogue.bindPlugIn(reference, new NoTransport());
    return reference;
  }

  @Before
  public void begin() {
    catalogue.activate(framework.context(), FakeConfig.DEFAULT);
    catalogue.bindUser(user);
  }

  @Test
  public void aBundleThatStopsTakesAllItBroughtAtOnceAndIsLeftOnce() {
    var cipher = cipher(one, 1);
    var transport = transport(one, 2);
    cipher(two, 3);
    one.state = Bundle.STOPPING;
    catalogue.unbindPlugIn(cipher);
    catalogue.unbindPlugIn(transport);
    assertThat(user.departures, hasSize(1));
    Departure departure = user.departures.get(0);
    assertEquals(Reason.STOPPED, departure.reason());
    assertEquals(
        List.of(1L, 2L), departure.providers().stream().map(Provider::id).sorted().toList());
    assertThat(
        user.offered.get(0).stream().map(PresentAlgorithm::bundle).toList(),
        contains("bundle2 0.0.0"));
  }

  @Test
  public void oneAlgorithmOfABundleThatRunsOnLeavesAlone() {
    var cipher = cipher(one, 1);
    transport(one, 2);
    catalogue.unbindPlugIn(cipher);
    assertEquals(1, user.departures.get(0).providers().size());
    assertThat(catalogue.present(), hasSize(1));
  }

  @Test
  public void whoStopsABundleWaitsUntilItIsLeft() throws Exception {
    user.answer = new CompletableFuture<>();
    var cipher = cipher(one, 1);
    one.state = Bundle.STOPPING;
    var called = new CompletableFuture<Boolean>();
    catalogue.onChange(() -> called.complete(true));
    var stopping = CompletableFuture.runAsync(() -> catalogue.unbindPlugIn(cipher));
    called.get(30, TimeUnit.SECONDS);
    assertFalse(stopping.isDone());
    user.answer.complete(new CipherUser.Outcome(1, 0, 0));
    stopping.get(30, TimeUnit.SECONDS);
  }

  @Test
  public void whatDrainsIsClosedWhenTheBundleIsUninstalledAndNothingElse() {
    var moved = cipher(one, 1);
    one.state = Bundle.STOPPING;
    catalogue.unbindPlugIn(moved);
    framework.uninstall(one);
    assertThat(user.departures, hasSize(1));
    user.answer = CompletableFuture.completedFuture(new CipherUser.Outcome(0, 1, 0));
    var drains = cipher(two, 2);
    two.state = Bundle.STOPPING;
    catalogue.unbindPlugIn(drains);
    framework.uninstall(two);
    framework.uninstall(two);
    assertThat(
        user.departures.stream().map(Departure::reason).toList(),
        contains(Reason.STOPPED, Reason.STOPPED, Reason.UNINSTALLED));
    assertEquals(user.departures.get(1).providers(), user.departures.get(2).providers());
  }

  @Test
  public void aCatalogueThatIsStoppedItselfHasNobodyLeave() {
    var cipher = cipher(one, 1);
    catalogue.deactivate();
    catalogue.unbindPlugIn(cipher);
    framework.uninstall(one);
    assertThat(user.departures, empty());
  }

  @Test
  public void aUserThatThrowsKeepsNobodyElseFromLeaving() {
    catalogue.unbindUser(user);
    catalogue.bindUser(
        new CipherUser() {
          @Override
          public Map<Provider, Integer> usage() {
            return Map.of();
          }

          @Override
          public CompletionStage<Outcome> leave(Departure departure) {
            throw new IllegalStateException("broken");
          }
        });
    catalogue.bindUser(user);
    var cipher = cipher(one, 1);
    one.state = Bundle.STOPPING;
    catalogue.unbindPlugIn(cipher);
    assertThat(user.departures, hasSize(1));
  }

  @Test
  public void aUserThatFailsKeepsNoBundleFromStopping() {
    user.answer = CompletableFuture.failedFuture(new IllegalStateException("broken"));
    var cipher = cipher(one, 1);
    one.state = Bundle.STOPPING;
    catalogue.unbindPlugIn(cipher);
    assertThat(catalogue.present(), empty());
  }
}
