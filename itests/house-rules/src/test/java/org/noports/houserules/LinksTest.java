package org.noports.houserules;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.Test;

/** Every link in README and docs leads somewhere. */
public class LinksTest {
  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|mailto:|#)([^)#\\s]+)");
  private static final Pattern DOC = Pattern.compile("\\bdocs/[a-z]+/[A-Za-z0-9_./-]+\\.md\\b");

  @Test
  public void everyRelativeLinkLeadsToAFile() {
    List<String> broken = new ArrayList<>();
    House.walk(House.ROOT)
        .filter(file -> file.toString().endsWith(".md"))
        .forEach(file -> collect(file, LINK, file.getParent(), broken));
    assertThat(broken, empty());
  }

  @Test
  public void everyDocumentThatCodeRefersToExists() {
    List<String> broken = new ArrayList<>();
    House.walk(House.ROOT)
        .filter(file -> file.toString().matches(".*\\.(java|xml|cfg)"))
        .forEach(file -> collect(file, DOC, House.ROOT, broken));
    assertThat(broken, empty());
  }

  private static void collect(Path file, Pattern pattern, Path from, List<String> broken) {
    Matcher matcher = pattern.matcher(House.read(file));
    while (matcher.find()) {
      String link = matcher.groupCount() == 0 ? matcher.group() : matcher.group(1);
      if (!Files.exists(from.resolve(link))) {
        broken.add(House.name(file) + " -> " + link);
      }
    }
  }
}
