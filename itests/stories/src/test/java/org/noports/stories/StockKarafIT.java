package org.noports.stories;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.propagateSystemProperty;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.keepRuntimeFolder;

import java.io.File;
import java.net.URI;
import java.util.Arrays;
import javax.inject.Inject;
import org.apache.karaf.features.FeaturesService;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.noports.testkit.process.Distribution;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** The features install into a Karaf that knows nothing of us. */
@RunWith(PaxExam.class)
public class StockKarafIT {
  @Inject private FeaturesService features;
  @Inject private BundleContext context;

  @Configuration
  public Option[] container() {
    Distribution ours =
        Distribution.unpack(
            new File(System.getProperty("noports.distribution")).toPath(),
            new File("target/stock/noports").toPath());
    File system = ours.home().resolve("system").toFile().getAbsoluteFile();
    return new Option[] {
      karafDistributionConfiguration()
          .frameworkUrl(new File(System.getProperty("noports.stockKaraf")).toURI().toString())
          .name("Apache Karaf")
          .karafVersion("4.4.10")
          .unpackDirectory(new File("target/exam"))
          .useDeployFolder(false),
      keepRuntimeFolder(),
      junitBundles(),
      propagateSystemProperty("noports.version"),
      editConfigurationFilePut(
          "etc/org.ops4j.pax.url.mvn.cfg",
          "org.ops4j.pax.url.mvn.defaultRepositories",
          "file:${karaf.home}/${karaf.default.repository}@id=system.repository@snapshots,"
              + "file:"
              + system
              + "@id=noports@snapshots"),
      editConfigurationFilePut(
          "etc/org.ops4j.pax.url.mvn.cfg",
          "org.ops4j.pax.url.mvn.localRepository",
          System.getProperty("maven.repo.local")),
    };
  }

  @Test
  public void theClientInstallsAndItsServicesCome() throws Exception {
    String repository =
        "mvn:org.noports/features/" + System.getProperty("noports.version") + "/xml/features";
    features.addRepository(URI.create(repository));
    features.installFeature("noports-client");
    features.installFeature("noports-shell");
    for (Bundle bundle : context.getBundles()) {
      if (bundle.getSymbolicName().startsWith("org.noports.")) {
        assertEquals(bundle.toString(), Bundle.ACTIVE, bundle.getState());
      }
    }
    assertNotNull(context.getServiceReference("org.noports.api.session.Tunnels"));
    assertTrue(
        Arrays.stream(context.getBundles())
            .anyMatch(bundle -> "org.noports.client".equals(bundle.getSymbolicName())));
  }
}
