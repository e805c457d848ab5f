package org.noports.audit;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.noports.api.audit.Audit;
import org.noports.api.audit.AuditEvent;
import org.noports.api.audit.BundleSum;
import org.noports.api.policy.PolicyEvaluator;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Has each arrival and departure of a policy evaluator kept, with the SHA-256 of the bundle that
 * brings it: whoever can put one there decides who gets in. Only looks at references: it runs
 * nothing of a plug-in.
 */
@Component(
    service = {},
    immediate = true)
public final class PlugInArrivals {
  private static final int IDLE_SECONDS = 5;

  private final Audit audit;
  private final Map<ServiceReference<?>, Map<String, String>> present = new LinkedHashMap<>();

  /** A bundle of some megabytes is read: whoever starts it does not wait for that. */
  private final ThreadPoolExecutor work =
      new ThreadPoolExecutor(
          1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), PlugInArrivals::named);

  private volatile boolean stopped;

  @Activate
  public PlugInArrivals(@Reference Audit audit) {
    this.audit = audit;
    work.allowCoreThreadTimeOut(true);
  }

  private static Thread named(Runnable task) {
    Thread thread = new Thread(task, "noports-audit-arrivals");
    thread.setDaemon(true);
    return thread;
  }

  /** What is unbound from now on stays where it is. */
  @Deactivate
  void stop() {
    stopped = true;
    work.shutdown();
  }

  @Reference(
      service = PolicyEvaluator.class,
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void bindEvaluator(ServiceReference<PolicyEvaluator> reference) {
    Instant now = Instant.now();
    Optional<Bundle> bundle = Optional.ofNullable(reference.getBundle());
    perform(
        () -> {
          Map<String, String> details = details(reference, bundle);
          present.put(reference, details);
          audit.record(new AuditEvent(now, "policy-evaluator-arrived", details));
        });
  }

  void unbindEvaluator(ServiceReference<PolicyEvaluator> reference) {
    Instant now = Instant.now();
    if (!stopped) {
      perform(
          () ->
              Optional.ofNullable(present.remove(reference))
                  .ifPresent(
                      details ->
                          audit.record(new AuditEvent(now, "policy-evaluator-left", details))));
    }
  }

  private void perform(Runnable task) {
    try {
      work.execute(task);
    } catch (RejectedExecutionException e) {
      // Nobody keeps events any more.
    }
  }

  private static Map<String, String> details(
      ServiceReference<PolicyEvaluator> reference, Optional<Bundle> bundle) {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("evaluator", String.valueOf(reference.getProperty(PolicyEvaluator.NAME)));
    bundle.ifPresent(
        from -> {
          details.put("bundle", String.valueOf(from.getSymbolicName()));
          details.put("version", from.getVersion().toString());
        });
    details.put("sha256", bundle.map(PlugInArrivals::sum).orElse("unknown"));
    return details;
  }

  private static String sum(Bundle bundle) {
    try {
      File data = bundle.getDataFile("");
      Optional<Path> jar = data == null ? Optional.empty() : BundleSum.jar(data.toPath());
      return jar.isPresent() ? BundleSum.sha256(jar.get()) : "unknown";
    } catch (IOException | IllegalStateException e) {
      return "unreadable: " + e.getMessage();
    }
  }
}
