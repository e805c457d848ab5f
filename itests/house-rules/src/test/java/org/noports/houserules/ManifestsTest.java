package org.noports.houserules;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.Assert.fail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.jar.Manifest;
import org.junit.Test;

/** What bundles say of themselves: providers export nothing, and imports are what was agreed to. */
public class ManifestsTest {
  /** jdkcompat is no library, but the classes that it mends must be able to call it. */
  private static final Set<String> EXPORTING =
      Set.of(
          "org.noports.api",
          "org.noports.protocol",
          "org.noports.transport",
          "org.noports.ssh.stream",
          "org.noports.jdkcompat");

  @Test
  public void onlyLibrariesExportPackages() throws IOException {
    for (Path bundle : House.bundles()) {
      String name = bundle.getFileName().toString();
      boolean exports = manifest(bundle).getMainAttributes().getValue("Export-Package") != null;
      assertThat(name, exports, equalTo(EXPORTING.contains(name)));
    }
  }

  @Test
  public void aBundleIsNamedLikeItsFolder() throws IOException {
    for (Path bundle : House.bundles()) {
      assertThat(
          manifest(bundle).getMainAttributes().getValue("Bundle-SymbolicName"),
          equalTo(bundle.getFileName().toString()));
    }
  }

  /** {@code -Dnoports.writeImports=true} writes the files anew; the diff is then for review. */
  @Test
  public void aBundleImportsWhatItsImportsFileSays() throws IOException {
    for (Path bundle : House.bundles()) {
      Path agreed = bundle.resolve("imports.txt");
      String found = String.join("\n", imports(bundle)) + "\n";
      if (Boolean.getBoolean("noports.writeImports")) {
        Files.writeString(agreed, found);
      } else if (!Files.exists(agreed)) {
        fail(
            House.name(agreed) + " is missing; run with -Dnoports.writeImports=true and review it");
      } else {
        assertThat(House.name(agreed), found, equalTo(House.read(agreed)));
      }
    }
  }

  private static List<String> imports(Path bundle) throws IOException {
    String header = manifest(bundle).getMainAttributes().getValue("Import-Package");
    if (header == null) {
      return List.of();
    }
    // A comma in quotes is part of a version range, not the end of a clause.
    return Arrays.stream(header.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)"))
        .map(clause -> clause.split(";")[0].trim())
        .sorted()
        .toList();
  }

  private static Manifest manifest(Path bundle) throws IOException {
    try (InputStream in =
        Files.newInputStream(bundle.resolve("target/classes/META-INF/MANIFEST.MF"))) {
      return new Manifest(in);
    }
  }
}
