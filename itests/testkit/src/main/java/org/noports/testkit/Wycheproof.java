package org.noports.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Project Wycheproof's files, as far as they are on this machine. */
public final class Wycheproof {
  private static final Pattern FIELD = Pattern.compile("\"([a-zA-Z]+)\": \"?([0-9a-z]*)\"?,?");

  private Wycheproof() {}

  /**
   * All cases by field, with the public key of their group; none where the file is not. It is
   * pretty-printed, one field a line, and each case is closed by its result.
   */
  public static List<Map<String, String>> cases(String name) throws Exception {
    Optional<Path> file = Vectors.file(name);
    List<Map<String, String>> cases = new ArrayList<>();
    Map<String, String> fields = new HashMap<>();
    for (String line : file.isPresent() ? Files.readAllLines(file.get()) : List.<String>of()) {
      Matcher field = FIELD.matcher(line.trim());
      if (field.matches()) {
        fields.put(field.group(1), field.group(2));
        if (field.group(1).equals("result")) {
          cases.add(Map.copyOf(fields));
          fields.keySet().removeIf(each -> !each.startsWith("publicKey"));
        }
      }
    }
    return cases;
  }
}
