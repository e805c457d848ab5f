package org.noports.device;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.DeviceName;
import org.noports.api.Target;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Decision;
import org.noports.api.policy.RequestKind;
import org.noports.testkit.Stages;

/** How many questions are asked for all that runs. */
public class AskInTurnTest {
  private final List<CompletableFuture<List<Policy.Answer>>> asked = new ArrayList<>();
  private final AskInTurn turns =
      new AskInTurn(
          (request, addresses, within) -> {
            asked.add(new CompletableFuture<>());
            return asked.get(asked.size() - 1);
          },
          Runnable::run);

  private CompletionStage<List<Policy.Answer>> ask(String client) {
    return turns.ask(
        new AccessRequest(
            AtSign.of(client),
            new DeviceAddress(AtSign.of("@device"), DeviceName.of("dev1")),
            "__none__",
            RequestKind.TUNNEL,
            Optional.of(Target.of("localhost:22"))),
        List.of(),
        Duration.ofSeconds(1));
  }

  private static List<Policy.Answer> no(String rule) {
    return List.of(
        new Policy.Answer(
            new AccessRequest(
                AtSign.of("@alice"),
                new DeviceAddress(AtSign.of("@device"), DeviceName.of("dev1")),
                "__none__",
                RequestKind.PING,
                Optional.empty()),
            new Decision.Deny(rule, "")));
  }

  @Test
  public void whatSeveralAskForIsAskedOnceWhileItWaits() {
    for (int i = 0; i < AskInTurn.AT_ONCE; i++) {
      ask("@alice");
    }
    assertThat(asked, hasSize(AskInTurn.AT_ONCE));
    List<CompletionStage<List<Policy.Answer>>> alike = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      alike.add(ask("@alice"));
    }
    CompletionStage<List<Policy.Answer>> other = ask("@bob");
    assertThat("all wait", asked, hasSize(AskInTurn.AT_ONCE));
    asked.get(0).complete(no("before"));
    asked.get(1).complete(no("before"));
    assertThat("one for each who asks", asked, hasSize(AskInTurn.AT_ONCE + 2));
    asked.get(AskInTurn.AT_ONCE).complete(no("now"));
    for (CompletionStage<List<Policy.Answer>> each : alike) {
      assertThat(Stages.value(each).get(0).decision().rule(), is("now"));
    }
    assertThat(other.toCompletableFuture().isDone(), is(false));
    asked.get(AskInTurn.AT_ONCE + 1).complete(no("others"));
    assertThat(Stages.value(other).get(0).decision().rule(), is("others"));
  }

  @Test
  public void whoeverAsksWhenItIsBeingAskedGetsAnAnswerOfAfterThat() {
    for (int i = 0; i <= AskInTurn.AT_ONCE; i++) {
      ask("@alice");
    }
    asked.get(0).complete(no("before"));
    assertThat(asked, hasSize(AskInTurn.AT_ONCE + 1));
    CompletionStage<List<Policy.Answer>> later = ask("@alice");
    asked.get(AskInTurn.AT_ONCE).complete(no("before"));
    assertThat(later.toCompletableFuture().isDone(), is(false));
    asked.get(AskInTurn.AT_ONCE + 1).complete(no("after"));
    assertThat(Stages.value(later).get(0).decision().rule(), is("after"));
  }

  @Test
  public void oneThatFailsHoldsUpNoOther() {
    for (int i = 0; i < AskInTurn.AT_ONCE; i++) {
      ask("@alice");
    }
    CompletionStage<List<Policy.Answer>> waits = ask("@bob");
    asked.get(0).completeExceptionally(new IllegalStateException("broken"));
    assertThat(asked, hasSize(AskInTurn.AT_ONCE + 1));
    asked.get(AskInTurn.AT_ONCE).completeExceptionally(new IllegalStateException("broken"));
    Stages.failure(IllegalStateException.class, waits);
  }
}
