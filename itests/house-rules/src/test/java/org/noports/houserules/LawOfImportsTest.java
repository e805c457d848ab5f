package org.noports.houserules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.junit.BeforeClass;
import org.junit.Test;

/** Who may import whom, and behind which fences third parties live. */
public class LawOfImportsTest {
  private static final List<String> BUNDLES =
      House.bundles().stream()
          .map(bundle -> bundle.getFileName().toString())
          .sorted(Comparator.comparing(String::length).reversed())
          .toList();
  private static final Set<String> LIBRARIES =
      Set.of(
          "org.noports.api",
          "org.noports.protocol",
          "org.noports.transport",
          "org.noports.ssh.stream");
  private static JavaClasses all;

  @BeforeClass
  public static void readWhatWasBuilt() {
    Path[] classes =
        House.bundles().stream().map(b -> b.resolve("target/classes")).toArray(Path[]::new);
    all = new ClassFileImporter().importPaths(classes);
  }

  @Test
  public void theApiKnowsNothingButTheJdk() {
    classes()
        .that(areIn("org.noports.api"))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..", "javax.crypto..", "org.noports.api..", "org.osgi.annotation..")
        .check(all);
  }

  @Test
  public void protocolAndTransportDoNotKnowEachOther() {
    noClasses()
        .that(areIn("org.noports.protocol"))
        .should()
        .dependOnClassesThat(areIn("org.noports.transport"))
        .check(all);
    noClasses()
        .that(areIn("org.noports.transport"))
        .should()
        .dependOnClassesThat(areIn("org.noports.protocol"))
        .check(all);
  }

  @Test
  public void providersNeverImportOneAnother() {
    for (String bundle : BUNDLES) {
      noClasses()
          .that(belongTo(bundle))
          .should()
          .dependOnClassesThat(areInAnotherProviderThan(bundle))
          .because("providers meet as services of the api")
          .allowEmptyShould(true)
          .check(all);
    }
  }

  @Test
  public void thePackagesOfALibraryDoNotDependOnEachOtherInCircles() {
    for (String library : LIBRARIES) {
      slices()
          .matching(library + ".(*)..")
          .should()
          .beFreeOfCycles()
          .allowEmptyShould(true)
          .check(all);
    }
  }

  @Test
  public void nettyLivesInTheDataPathAndTheControlConnections() {
    fence(
        "io.netty..",
        "org.noports.transport",
        "org.noports.relay",
        "org.noports.tunnel",
        "org.noports.directory",
        "org.noports.atserver");
  }

  @Test
  public void bouncyCastleLivesInIdentityAndCiphers() {
    fence("org.bouncycastle..", "org.noports.identity", "org.noports.cipher");
  }

  @Test
  public void thereIsOneJsonReaderAndWriter() {
    fence("com.fasterxml..", "org.noports.protocol.json");
  }

  @Test
  public void yamlIsReadInOnePlaceAndConditionsInOne() {
    fence("org.snakeyaml..", "org.noports.policy.rules.yaml");
    fence("dev.cel..", "org.noports.policy.rules.condition");
    fence("com.google..", "org.noports.policy.rules.condition");
  }

  @Test
  public void theKarafShellLivesInShellAndDoor() {
    fence("org.apache.karaf..", "org.noports.shell", "org.noports.door");
  }

  @Test
  public void minaSshdLivesInSsh() {
    fence("org.apache.sshd..", "org.noports.ssh");
  }

  @Test
  public void librariesAndTheApiAreSilent() {
    noClasses()
        .that(areIn(LIBRARIES.toArray(String[]::new)))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.slf4j..", "java.util.logging..", "org.osgi.service.component..")
        .check(all);
  }

  private static void fence(String thirdParty, String... rooms) {
    noClasses()
        .that(DescribedPredicate.not(areIn(rooms)))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(thirdParty)
        .because("its fence is " + Arrays.toString(rooms))
        .check(all);
  }

  /**
   * In one of these packages or below: {@code org.noports.relay} covers relay.client and .server.
   */
  private static DescribedPredicate<JavaClass> areIn(String... packages) {
    return DescribedPredicate.describe(
        "in " + Arrays.toString(packages),
        type ->
            Arrays.stream(packages)
                .anyMatch(
                    p ->
                        type.getPackageName().equals(p)
                            || type.getPackageName().startsWith(p + ".")));
  }

  private static DescribedPredicate<JavaClass> belongTo(String bundle) {
    return DescribedPredicate.describe(
        "belong to " + bundle, type -> bundleOf(type).equals(bundle));
  }

  private static DescribedPredicate<JavaClass> areInAnotherProviderThan(String bundle) {
    return DescribedPredicate.describe(
        "in a provider other than " + bundle,
        type -> {
          String owner = bundleOf(type);
          return !owner.isEmpty() && !LIBRARIES.contains(owner) && !owner.equals(bundle);
        });
  }

  private static String bundleOf(JavaClass type) {
    return BUNDLES.stream()
        .filter(b -> type.getPackageName().equals(b) || type.getPackageName().startsWith(b + "."))
        .findFirst()
        .orElse("");
  }
}
