package org.noports.audit;

import static org.junit.Assert.assertEquals;

import java.io.File;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.noports.api.audit.AuditEvent;
import org.noports.api.policy.PolicyEvaluator;
import org.noports.testkit.Eventually;
import org.noports.testkit.fakes.RecordingAudit;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;

public class PlugInArrivalsTest {
  /** Of the three letters {@code abc} (FIPS 180-2, B.1). */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Rule public final TemporaryFolder cache = new TemporaryFolder();
  private final RecordingAudit audit = new RecordingAudit();
  private final PlugInArrivals arrivals = new PlugInArrivals(audit);

  /** As the framework keeps it: each update has a folder of its own. */
  private Bundle bundle() throws Exception {
    Path kept = cache.getRoot().toPath();
    Files.createDirectories(kept.resolve("data"));
    for (String revision : List.of("version0.2", "version0.10", "version0.9")) {
      Path jar = Files.createDirectories(kept.resolve(revision)).resolve("bundle.jar");
      Files.writeString(jar, revision.equals("version0.10") ? "abc" : "older");
    }
    File data = kept.resolve("data").toFile();
    return (Bundle)
        Proxy.newProxyInstance(
            Bundle.class.getClassLoader(),
            new Class<?>[] {Bundle.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getSymbolicName" -> "com.example.hours";
                  case "getVersion" -> Version.parseVersion("1.2.0");
                  case "getDataFile" -> data;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  @SuppressWarnings("unchecked")
  private static ServiceReference<PolicyEvaluator> reference(Bundle bundle) {
    return (ServiceReference<PolicyEvaluator>)
        Proxy.newProxyInstance(
            ServiceReference.class.getClassLoader(),
            new Class<?>[] {ServiceReference.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getBundle" -> bundle;
                  case "getProperty" -> "hours";
                  case "hashCode" -> 1;
                  case "equals" -> proxy == arguments[0];
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private AuditEvent only(String event) throws Exception {
    Eventually.holds(() -> !audit.events(event).isEmpty());
    assertEquals(1, audit.events(event).size());
    return audit.events(event).get(0);
  }

  @Test
  public void whoBringsAnEvaluatorIsKeptWithWhatTheFrameworkRuns() throws Exception {
    ServiceReference<PolicyEvaluator> reference = reference(bundle());
    arrivals.bindEvaluator(reference);
    AuditEvent arrived = only("policy-evaluator-arrived");
    assertEquals(
        List.of("hours", "com.example.hours", "1.2.0", ABC),
        List.copyOf(arrived.details().values()));
    arrivals.unbindEvaluator(reference);
    assertEquals(arrived.details(), only("policy-evaluator-left").details());
    arrivals.stop();
  }

  @Test
  public void whatGoesBecauseTheAuditGoesHasNotLeft() throws Exception {
    ServiceReference<PolicyEvaluator> reference = reference(bundle());
    arrivals.bindEvaluator(reference);
    only("policy-evaluator-arrived");
    arrivals.stop();
    arrivals.unbindEvaluator(reference);
    assertEquals(List.of(), audit.events("policy-evaluator-left"));
  }
}
