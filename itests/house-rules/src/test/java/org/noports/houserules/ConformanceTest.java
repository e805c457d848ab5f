package org.noports.houserules;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.Test;

/** The table of what is spoken names tests that exist, and leaves out none of what it must name. */
public class ConformanceTest {
  private static final Path PAGE = House.ROOT.resolve("docs/protocol/conformance.md");
  private static final Path TRANSCRIPTS =
      House.BUNDLES.resolve("org.noports.atserver.host/src/test/resources/transcripts");
  private static final Path CODES =
      House.BUNDLES.resolve(
          "org.noports.protocol/src/main/java/org/noports/protocol/verb/ErrorCode.java");

  private static final Pattern TRANSCRIPT = Pattern.compile("`([a-z-]+\\.txt)`");
  private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+(?:Test|IT))(?:\\.(\\w+))?`");
  private static final Pattern CODE = Pattern.compile("\"(AT\\d{4})\"");

  private final String page = House.read(PAGE);

  @Test
  public void everyConversationThatIsNamedIsWrittenDown() {
    TreeSet<String> named = named(TRANSCRIPT);
    assertThat(named.size(), greaterThan(10));
    named.removeIf(name -> Files.exists(TRANSCRIPTS.resolve(name)));
    assertThat(named, empty());
  }

  @Test
  public void everyConversationThatIsWrittenDownIsNamed() {
    List<String> missing =
        House.list(TRANSCRIPTS).stream()
            .map(file -> file.getFileName().toString())
            .filter(name -> !page.contains("`" + name + "`"))
            .toList();
    assertThat(missing, empty());
  }

  @Test
  public void everyTestThatIsNamedExists() {
    Map<String, String> tests =
        House.testFiles().stream()
            .collect(
                Collectors.toMap(
                    file -> file.getFileName().toString().replace(".java", ""),
                    House::read,
                    String::concat));
    TreeSet<String> missing = new TreeSet<>();
    Matcher test = TEST.matcher(page);
    while (test.find()) {
      String source = tests.getOrDefault(test.group(1), "");
      if (source.isEmpty() || test.group(2) != null && !source.contains(test.group(2) + "()")) {
        missing.add(test.group());
      }
    }
    assertThat(missing, empty());
  }

  @Test
  public void everyErrorCodeHasItsRow() {
    TreeSet<String> missing = new TreeSet<>();
    Matcher code = CODE.matcher(House.read(CODES));
    while (code.find()) {
      if (!page.contains(code.group(1))) {
        missing.add(code.group(1));
      }
    }
    assertThat(missing, empty());
  }

  private TreeSet<String> named(Pattern pattern) {
    return pattern
        .matcher(page)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
