package org.noports.testkit.policy;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.DeviceName;
import org.noports.api.Subscription;
import org.noports.api.Target;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Circumstances;
import org.noports.api.policy.Decision;
import org.noports.api.policy.Observed;
import org.noports.api.policy.PolicyEvaluator;
import org.noports.api.policy.RequestKind;
import org.noports.api.tunnel.Level;

/**
 * What each {@link PolicyEvaluator} must keep to. A subclass gives one that is ready; with {@link
 * #question} it asks what its own rules are about.
 */
public abstract class PolicyEvaluatorContract {
  private static final AtSign ALICE = AtSign.of("@alice");
  private static final Instant AT = Instant.parse("2026-11-20T12:00:00Z");

  /** A device waits five seconds for a third party's. */
  private static final int PATIENCE_SECONDS = 5;

  /** Audits and logs name the rule. */
  private static final int LONGEST_NAME = 200;

  protected abstract PolicyEvaluator evaluator() throws Exception;

  /** For a tunnel to there: of @alice to dev1@device, on a Friday at noon; nothing is pending. */
  protected static AccessRequest question(String target) {
    return new AccessRequest(
        ALICE,
        new DeviceAddress(AtSign.of("@device"), DeviceName.of("dev1")),
        "pumps",
        RequestKind.TUNNEL,
        Optional.of(Target.of(target)),
        Circumstances.at(AT).seen(Observed.NOTHING));
  }

  /** Of every kind, from what knows nothing to what knows everything. */
  private static List<AccessRequest> questions() throws UnknownHostException {
    InetAddress address = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    InetAddress elsewhere = InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 7});
    Circumstances little = Circumstances.at(AT).seen(Observed.NOTHING);
    Circumstances all =
        new Circumstances(
            Set.of("eu", "old"),
            Optional.of(address),
            Optional.of(Level.L3),
            new Observed(false, Optional.of(elsewhere), Optional.of("DE")),
            Optional.of("Europe/Berlin"),
            AT);
    AccessRequest like = question("localhost:22");
    List<AccessRequest> questions = new ArrayList<>();
    for (RequestKind kind : RequestKind.values()) {
      for (Circumstances around : List.of(little, Circumstances.at(AT), all)) {
        for (String target : List.of("", "localhost:22", "db.plant.example:5432", "service:ssh")) {
          questions.add(
              new AccessRequest(
                  like.client(),
                  like.device(),
                  like.deviceGroup(),
                  kind,
                  target.isEmpty() ? Optional.empty() : Optional.of(Target.of(target)),
                  around));
        }
      }
    }
    return questions;
  }

  private static Decision decided(CompletionStage<Decision> stage, AccessRequest asked)
      throws Exception {
    try {
      return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("It did not decide on " + asked, e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("It did not decide in time on " + asked, e);
    }
  }

  /** What is answered to each; all are asked before the first answer is waited for. */
  private static Map<AccessRequest, Decision> decided(
      PolicyEvaluator evaluator, Collection<AccessRequest> questions) throws Exception {
    Map<AccessRequest, CompletionStage<Decision>> asked = new LinkedHashMap<>();
    questions.forEach(question -> asked.put(question, evaluator.decide(question)));
    Map<AccessRequest, Decision> answers = new LinkedHashMap<>();
    for (var each : asked.entrySet()) {
      answers.put(each.getKey(), decided(each.getValue(), each.getKey()));
    }
    return answers;
  }

  @Test
  public void itDecidesOnEveryKindOfQuestionAndNamesTheRule() throws Exception {
    decided(evaluator(), questions())
        .forEach(
            (asked, decision) -> {
              assertNotNull(asked.toString(), decision);
              assertFalse(asked.toString(), decision.rule().isBlank());
              assertTrue(decision.rule(), decision.rule().length() <= LONGEST_NAME);
              assertTrue(decision.revision(), decision.revision().length() <= LONGEST_NAME);
            });
  }

  @Test
  public void itWaitsForNothingThatHasBeenToldAndPermitsForAWhile() throws Exception {
    decided(evaluator(), questions())
        .forEach(
            (asked, decision) -> {
              boolean pending = asked.circumstances().observed().pending();
              assertTrue(asked.toString(), pending || !(decision instanceof Decision.Later));
              if (decision instanceof Decision.Permit permit) {
                assertTrue(
                    asked.toString(),
                    permit
                        .until()
                        .filter(end -> !end.isAfter(asked.circumstances().at()))
                        .isEmpty());
              }
            });
  }

  /** Where something is not known, nothing is permitted that would not be if it were known. */
  @Test
  public void whatIsNotKnownNeverHelps() throws Exception {
    Map<AccessRequest, Decision> answers = decided(evaluator(), questions());
    answers.forEach(
        (asked, decision) -> {
          AccessRequest less = asked.under(Circumstances.at(AT).seen(Observed.NOTHING));
          if (answers.get(less) instanceof Decision.Permit) {
            assertTrue(
                asked.toString(),
                decision instanceof Decision.Permit || decision instanceof Decision.Later);
          }
        });
  }

  @Test
  public void severalThreadsAreAnsweredAsOneIs() throws Exception {
    PolicyEvaluator evaluator = evaluator();
    AccessRequest asked = question("localhost:22");
    Class<?> alone = decided(evaluator.decide(asked), asked).getClass();
    List<CompletableFuture<Decision>> answers =
        IntStream.range(0, 32)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(() -> evaluator.decide(asked))
                        .thenCompose(answer -> answer))
            .toList();
    for (CompletableFuture<Decision> answer : answers) {
      assertEquals(alone, decided(answer, asked).getClass());
    }
  }

  @Test
  public void whoListensForChangesCanStop() throws Exception {
    Subscription subscription = evaluator().onChange(() -> {});
    assertNotNull(subscription);
    subscription.close();
    subscription.close();
  }

  @Test
  public void whomItListsItKnows() throws Exception {
    PolicyEvaluator evaluator = evaluator();
    for (AtSign client : evaluator.known()) {
      assertTrue(client.toString(), evaluator.knows(client));
    }
    evaluator.knows(AtSign.of("@nobody-at-all"));
  }
}
