package org.noports.stories;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.noports.api.session.HandshakeStep;
import org.noports.api.tunnel.Level;
import org.noports.api.world.Demo;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;

/** The demo: a whole world in one JVM. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class DemoIT {
  @Inject private Demo demo;

  @Configuration
  public Option[] container() {
    return Container.options();
  }

  @Test
  public void aClientRunsACommandOnADeviceThatHasNoOpenPort() throws Exception {
    List<HandshakeStep> steps = new CopyOnWriteArrayList<>();
    Demo.Outcome outcome =
        demo.run((part, took) -> {}, (step, took, detail) -> steps.add(step))
            .toCompletableFuture()
            .get(Duration.ofSeconds(60).toMillis(), TimeUnit.MILLISECONDS);
    assertThat(outcome.result().output(), containsString("Hello from"));
    assertThat(outcome.result().exitStatus(), equalTo(0));
    assertThat(outcome.client().level(), equalTo(Level.L1));
    assertThat(outcome.device().rule().isPresent(), equalTo(true));
    assertThat(steps, hasItems(HandshakeStep.RELAY_ASKED, HandshakeStep.READY));
  }
}
