package org.noports.stories;

import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.propagateSystemProperty;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.keepRuntimeFolder;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.logLevel;

import java.io.File;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.karaf.options.LogLevelOption.LogLevel;

/** The built distribution in a container of its own, as a user would have unpacked it. */
final class Container {
  private Container() {}

  /** What every in-container story is run with. */
  static Option[] options() {
    return new Option[] {
      karafDistributionConfiguration()
          .frameworkUrl(new File(System.getProperty("noports.distribution")).toURI().toString())
          .name("NoPorts")
          .karafVersion("4.4.10")
          .unpackDirectory(new File("target/exam"))
          .useDeployFolder(false),
      keepRuntimeFolder(),
      logLevel(LogLevel.INFO),
      junitBundles(),
      propagateSystemProperty("noports.version"),
      propagateSystemProperty("noports.cipherSample"),
      propagateSystemProperty("noports.gatewaySample"),
      propagateSystemProperty("noports.hoursSample"),
      propagateSystemProperty("noports.opaSample"),
      propagateSystemProperty("noports.policySample"),
      editConfigurationFilePut(
          "etc/org.ops4j.pax.url.mvn.cfg",
          "org.ops4j.pax.url.mvn.localRepository",
          System.getProperty("maven.repo.local")),
    };
  }
}
