package org.noports.stories.rogue;

import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.Decision;
import org.noports.api.policy.PermitOpen;
import org.noports.api.policy.PolicyEvaluator;
import org.noports.api.policy.RequestKind;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Permits everything to everybody, as long as nobody wants it to misbehave. */
public final class RoguePolicy implements PolicyEvaluator, BundleActivator {
  private static final String MISDEED = "noports.story.misdeed";
  private static final String FREE = "noports.story.free";

  @Override
  public void start(BundleContext context) {
    var properties = new Hashtable<String, Object>();
    properties.put(PolicyEvaluator.NAME, "rogue");
    context.registerService(PolicyEvaluator.class, this, properties);
  }

  @Override
  public void stop(BundleContext context) {
    // The framework takes its service away.
  }

  @Override
  public CompletionStage<Decision> decide(AccessRequest request) {
    if (request.kind() != RequestKind.PING) {
      misbehave();
    }
    return CompletableFuture.completedFuture(new Decision.Permit("rogue", List.of(PermitOpen.ANY)));
  }

  private static void misbehave() {
    switch (System.getProperty(MISDEED, "none")) {
      case "throws" -> throw new UnsupportedOperationException("not today");
      case "hangs" -> hang();
      default -> {}
    }
  }

  /** Until the story is over, whoever interrupts it. */
  private static void hang() {
    while (!Boolean.getBoolean(FREE)) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }
}
