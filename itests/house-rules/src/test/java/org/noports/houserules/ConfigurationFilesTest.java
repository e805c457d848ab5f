package org.noports.houserules;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Each PID has a file in config/ that shows every key with its default, commented, and no other.
 */
public class ConfigurationFilesTest {
  private static final Pattern KEY = Pattern.compile("(?m)^#? ?([A-Za-z][A-Za-z0-9]*) =(.*)$");

  @Test
  public void everyPidHasAFileWithExactlyItsKeysAndDefaults() throws Exception {
    Map<String, Map<String, String>> described = described();
    assertThat(described.keySet(), not(empty()));
    for (Map.Entry<String, Map<String, String>> pid : described.entrySet()) {
      Path file = file(pid.getKey());
      assertThat(House.name(file) + " exists", Files.exists(file), equalTo(true));
      assertThat(House.name(file), written(file, pid.getValue()), equalTo(pid.getValue()));
    }
  }

  @Test
  public void noFileIsLeftForAPidThatIsGone() throws Exception {
    TreeSet<String> names = new TreeSet<>();
    for (String pid : described().keySet()) {
      names.add(file(pid).getFileName().toString());
    }
    TreeSet<String> files = new TreeSet<>();
    House.list(House.ROOT.resolve("config")).forEach(f -> files.add(f.getFileName().toString()));
    assertThat(files, equalTo(names));
  }

  @Test
  public void eachKeySaysWhatItIsFor() {
    for (Path file : House.list(House.ROOT.resolve("config"))) {
      List<String> lines = House.read(file).lines().toList();
      for (int i = 0; i < lines.size(); i++) {
        if (KEY.matcher(lines.get(i)).matches()) {
          assertThat(
              House.name(file) + " line " + (i + 1) + " has a comment above it",
              i > 0
                  && lines.get(i - 1).startsWith("# ")
                  && !KEY.matcher(lines.get(i - 1)).matches(),
              equalTo(true));
        }
      }
    }
  }

  private static Path file(String pid) {
    Path plain = House.ROOT.resolve("config").resolve(pid + ".cfg");
    Path factory = House.ROOT.resolve("config").resolve(pid + "-NAME.cfg");
    return Files.exists(factory) && !Files.exists(plain) ? factory : plain;
  }

  /** Where a key has no default, its line shows an example instead. */
  private static Map<String, String> written(Path file, Map<String, String> defaults) {
    Map<String, String> keys = new TreeMap<>();
    Matcher matcher = KEY.matcher(House.read(file));
    while (matcher.find()) {
      boolean example = defaults.getOrDefault(matcher.group(1), "-").isEmpty();
      keys.put(matcher.group(1), example ? "" : matcher.group(2).trim());
    }
    return keys;
  }

  private static Map<String, Map<String, String>> described() throws Exception {
    Map<String, Map<String, String>> pids = new LinkedHashMap<>();
    for (Path bundle : House.bundles()) {
      Path folder = bundle.resolve("target/classes/OSGI-INF/metatype");
      if (Files.exists(folder)) {
        for (Path xml : House.list(folder)) {
          describe(
              DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(xml.toFile()), pids);
        }
      }
    }
    return pids;
  }

  private static void describe(Document xml, Map<String, Map<String, String>> pids) {
    Map<String, String> keys = new TreeMap<>();
    NodeList definitions = xml.getElementsByTagName("AD");
    for (int i = 0; i < definitions.getLength(); i++) {
      Element key = (Element) definitions.item(i);
      keys.put(key.getAttribute("id"), key.getAttribute("default").replace("\\,", ","));
    }
    NodeList designates = xml.getElementsByTagName("Designate");
    for (int i = 0; i < designates.getLength(); i++) {
      Element designate = (Element) designates.item(i);
      String factory = designate.getAttribute("factoryPid");
      pids.put(factory.isEmpty() ? designate.getAttribute("pid") : factory, keys);
    }
  }
}
