package org.noports.cipher.catalogue;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.Before;
import org.junit.Test;
import org.noports.api.CipherUnavailable;
import org.noports.api.ConfigurationInvalid;
import org.noports.api.cipher.AlgorithmStatus;
import org.noports.api.cipher.AlgorithmStatus.Standing;
import org.noports.api.cipher.CipherUser;
import org.noports.api.cipher.Departure;
import org.noports.api.cipher.Encapsulation;
import org.noports.api.cipher.KeyAgreement;
import org.noports.api.cipher.KeyShare;
import org.noports.api.cipher.KeyTransport;
import org.noports.api.cipher.PresentAlgorithm;
import org.noports.api.cipher.Provider;
import org.noports.api.health.Health;
import org.osgi.service.cm.ConfigurationAdmin;

/** What the owner of an instance says, in a file or by a command, and what follows from it. */
public class OwnersRulesTest {
  private final FakeFramework framework = new FakeFramework();
  private final FakeConfigurations configurations = new FakeConfigurations();
  private final LiveCipherCatalogue catalogue = OpenGate.catalogue();
  private final User user = new User();
  private int ids;

  private static final class User implements CipherUser {
    final BlockingQueue<Departure> departures = new LinkedBlockingQueue<>();
    volatile Map<Provider, Integer> usage = Map.of();

    @Override
    public Map<Provider, Integer> usage() {
      return usage;
    }

    @Override
    public CompletionStage<Outcome> leave(Departure departure) {
      departures.add(departure);
      return CompletableFuture.completedFuture(new Outcome(3, 0, 1));
    }

    Departure heard() throws InterruptedException {
      Departure departure = departures.poll(30, TimeUnit.SECONDS);
      assertTrue("somebody was asked to leave", departure != null);
      return departure;
    }
  }

  private static final class Nothing implements KeyAgreement {
    @Override
    public KeyShare generate() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Encapsulation encapsulate(byte[] publicKey) {
      throw new UnsupportedOperationException();
    }
  }

  private FakeReference<KeyAgreement> agreement(String name) {
    var reference = new FakeReference<KeyAgreement>(Map.of(KeyAgreement.ALGORITHM, name), 0, ++ids);
    catalogue.bindPlugIn(reference, new Nothing());
    return reference;
  }

  private List<String> present() {
    return catalogue.present().stream().map(PresentAlgorithm::name).toList();
  }

  @Before
  public void begin() {
    catalogue.activate(framework.context(), FakeConfig.DEFAULT);
    catalogue.bindUser(user);
    catalogue.bindConfigurations(configurations.service());
    agreement("beta");
    agreement("x25519");
    agreement("x-wing");
    agreement("alpha");
  }

  @Test
  public void theRankedComeFirstAndTheOthersInTheAlphabet() {
    assertThat(present(), contains("alpha", "beta", "x-wing", "x25519"));
    catalogue.apply(FakeConfig.DEFAULT.ranking("x-wing, beta"));
    assertThat(present(), contains("x-wing", "beta", "alpha", "x25519"));
    catalogue.apply(FakeConfig.DEFAULT.ranking("beta,x25519"));
    assertThat(present(), contains("beta", "x25519", "alpha", "x-wing"));
  }

  @Test
  public void whatIsForWhoMustHaveItIsOfferedWhereItIsRanked() {
    agreement("mlkem1024");
    assertThat(present(), hasSize(4));
    catalogue.apply(FakeConfig.DEFAULT.ranking("mlkem1024"));
    assertThat(present(), contains("mlkem1024", "alpha", "beta", "x-wing", "x25519"));
  }

  @Test
  public void theProfileLevel5IsOneAgreementThatNothingElseIsOfferedBeside() throws Exception {
    agreement("mlkem1024");
    catalogue.apply(FakeConfig.DEFAULT.profile("level5"));
    assertThat(present(), contains("mlkem1024"));
    assertThat(
        user.heard().providers().stream().map(it -> it.algorithm().name()).toList(),
        containsInAnyOrder("alpha", "beta", "x-wing", "x25519"));
    catalogue.apply(FakeConfig.DEFAULT.profile("level5").deny("mlkem1024"));
    assertThat("denied all the same", present(), empty());
  }

  @Test
  public void aChangedRankingHasNobodyLeave() {
    catalogue.apply(FakeConfig.DEFAULT.ranking("beta"));
    catalogue.deactivate();
    assertThat(user.departures, empty());
  }

  @Test
  public void belowTheMinimumLevelNothingIsOffered() throws Exception {
    catalogue.apply(FakeConfig.DEFAULT.minimumLevel("L3"));
    assertThat(present(), contains("x-wing"));
    assertThat(
        user.heard().providers().stream().map(it -> it.algorithm().name()).toList(),
        containsInAnyOrder("alpha", "beta", "x25519"));
    var failure =
        assertThrows(CipherUnavailable.class, () -> catalogue.keyAgreement("x25519").generate());
    assertThat(failure.getMessage(), containsString("level L2, below minimumLevel"));
  }

  @Test
  public void onlyTheAllowedAreOffered() throws Exception {
    catalogue.apply(FakeConfig.DEFAULT.allow("alpha, x25519"));
    assertThat(present(), contains("alpha", "x25519"));
    assertEquals(2, user.heard().providers().size());
  }

  @Test
  public void whatIsDeniedIsLeftAndComesBackWhenItIsNot() throws Exception {
    catalogue.apply(FakeConfig.DEFAULT.deny("x-wing"));
    assertThat(present(), contains("alpha", "beta", "x25519"));
    assertEquals(Departure.Reason.DENIED, user.heard().reason());
    assertThat(
        assertThrows(CipherUnavailable.class, () -> catalogue.keyAgreement("x-wing").generate())
            .getMessage(),
        containsString("is here but not offered: denied by deny in etc/"));
    catalogue.apply(FakeConfig.DEFAULT);
    assertThat(present(), hasSize(4));
  }

  @Test
  public void aCommandDeniesKeepsTheRuleAndSaysWhatBecameOfTheSessions() throws Exception {
    assertEquals(new CipherUser.Outcome(3, 0, 1), catalogue.deny("x25519"));
    assertThat(present(), not(contains("x25519")));
    assertEquals("x25519", configurations.written.get("deny"));
    assertEquals("what else is configured stays", "x25519", configurations.written.get("ranking"));
    catalogue.deny("alpha");
    assertEquals("alpha, x25519", configurations.written.get("deny"));
    assertThat(user.departures, hasSize(2));
    catalogue.apply(FakeConfig.DEFAULT.deny("alpha, x25519"));
    catalogue.deactivate();
    assertThat("the file brings nothing new", user.departures, hasSize(2));
  }

  @Test
  public void twoDenialsAtOnceBothHold() throws Exception {
    for (int round = 0; round < 200; round++) {
      var together = new CyclicBarrier(2);
      var one = denied("alpha", together);
      var other = denied("beta", together);
      one.get(30, TimeUnit.SECONDS);
      other.get(30, TimeUnit.SECONDS);
      assertThat("round " + round, present(), contains("x-wing", "x25519"));
      assertEquals("alpha, beta", configurations.written.get("deny"));
      catalogue.apply(FakeConfig.DEFAULT);
    }
  }

  private CompletableFuture<Void> denied(String name, CyclicBarrier together) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            together.await(30, TimeUnit.SECONDS);
            catalogue.deny(name);
          } catch (Exception e) {
            throw new CompletionException(e);
          }
        },
        task -> new Thread(task, "deny " + name).start());
  }

  @Test
  public void whatIsDeniedAlreadyIsNotLeftAgain() throws Exception {
    catalogue.deny("beta");
    assertEquals(CipherUser.Outcome.NOTHING, catalogue.deny("beta"));
  }

  @Test
  public void aCommandAllowsAgainAndNamesWhatHasToBeNamed() throws Exception {
    catalogue.apply(FakeConfig.DEFAULT.allow("x-wing").deny("beta"));
    assertTrue(catalogue.allow("beta"));
    assertThat(present(), contains("beta", "x-wing"));
    assertEquals("", String.valueOf(configurations.written.get("deny")).replace("null", ""));
    assertEquals("beta, x-wing", configurations.written.get("allow"));
    assertFalse(catalogue.allow("beta"));
  }

  @Test
  public void aNameThatNobodyBringsIsRefused() {
    assertThat(
        assertThrows(ConfigurationInvalid.class, () -> catalogue.deny("x255l9")).getMessage(),
        containsString("No bundle here brings an algorithm 'x255l9'; those that are here: alpha"));
  }

  @Test
  public void aRuleThatCannotBeKeptIsNotInForce() {
    catalogue.bindConfigurations(
        (ConfigurationAdmin)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ConfigurationAdmin.class},
                (proxy, method, arguments) -> {
                  throw new IOException("disk full");
                }));
    assertThrows(ConfigurationInvalid.class, () -> catalogue.deny("beta"));
    assertThat(present(), hasSize(4));
  }

  @Test
  public void whatCannotBeReadLeavesTheRulesAsTheyWere() {
    catalogue.apply(FakeConfig.DEFAULT.deny("beta"));
    catalogue.apply(FakeConfig.DEFAULT.deny("be ta"));
    assertThat(present(), hasSize(3));
    assertEquals(Health.Status.DEGRADED, catalogue.check().status());
    assertThat(catalogue.check().message(), containsString("'be ta' is no name"));
    catalogue.apply(FakeConfig.DEFAULT.minimumLevel("L9"));
    assertThat(catalogue.check().message(), containsString("neither L1 nor L2 nor L3"));
    catalogue.apply(FakeConfig.DEFAULT.deny("beta"));
    assertEquals(Health.Status.OK, catalogue.check().status());
  }

  @Test
  public void theListSaysWhatIsOfferedWhatNotAndWhoUsesIt() {
    var spare = agreement("alpha");
    catalogue.apply(FakeConfig.DEFAULT.deny("beta"));
    Provider used =
        new Provider(
            4L,
            new PresentAlgorithm(
                PresentAlgorithm.KEY_AGREEMENT, "alpha", "unknown", "its own", true));
    user.usage = Map.of(used, 7);
    List<AlgorithmStatus> all = catalogue.algorithms();
    assertThat(
        all.stream().map(each -> each.algorithm().name() + " " + each.standing()).toList(),
        contains(
            "alpha " + Standing.OFFERED,
            "alpha " + Standing.SPARE,
            "beta " + Standing.DENIED,
            "x-wing " + Standing.OFFERED,
            "x25519 " + Standing.OFFERED));
    assertThat(all.stream().map(AlgorithmStatus::preference).toList(), contains(1, 0, 0, 2, 3));
    assertEquals(7, all.get(0).sessions());
    assertEquals(0, all.get(1).sessions());
    catalogue.unbindPlugIn(spare);
    assertThat(catalogue.algorithms(), hasSize(4));
  }

  @Test
  public void levelTwoTakesOnlyWhatLevelOneAgreesWith() {
    catalogue.bindPlugIn(
        new FakeReference<KeyTransport>(Map.of(KeyTransport.ALGORITHM, "rsa2048"), 0, ++ids),
        new NoTransport());
    catalogue.apply(FakeConfig.DEFAULT.minimumLevel("L2"));
    assertThat(present(), contains("alpha", "beta", "x-wing", "x25519"));
  }
}
