package org.noports.directory.server;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.noports.api.AtSign;
import org.noports.api.HostPort;

/**
 * What a records file says: a line {@code atSign = host:port} for each record, {@code #} before
 * remarks. Lines that say something else are skipped and complained about; changing one record
 * keeps all other lines as they are.
 *
 * @param lines all lines
 * @param records what they mean, by atSign
 * @param answers what is answered to a bare name
 * @param complaints one sentence for each line that means nothing
 */
record RecordsText(
    List<String> lines,
    SortedMap<AtSign, HostPort> records,
    Map<String, String> answers,
    List<String> complaints) {
  RecordsText {
    answers = Map.copyOf(answers);
    lines = List.copyOf(lines);
    records = Collections.unmodifiableSortedMap(new TreeMap<>(records));
    complaints = List.copyOf(complaints);
  }

  static RecordsText of(List<String> lines) {
    SortedMap<AtSign, HostPort> records = new TreeMap<>();
    List<String> complaints = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).trim();
      if (!line.isEmpty() && !line.startsWith("#")) {
        try {
          Map.Entry<AtSign, HostPort> entry = entry(line);
          if (records.put(entry.getKey(), entry.getValue()) != null) {
            complaints.add(
                "line " + (i + 1) + " names " + entry.getKey() + " again; the last one counts");
          }
        } catch (IllegalArgumentException e) {
          complaints.add("line " + (i + 1) + " is wrong: " + e.getMessage());
        }
      }
    }
    Map<String, String> answers = new HashMap<>();
    records.forEach((atSign, address) -> answers.put(atSign.bare(), address.toString()));
    return new RecordsText(lines, records, answers, complaints);
  }

  private static Map.Entry<AtSign, HostPort> entry(String line) {
    int equals = line.indexOf('=');
    if (equals < 0) {
      throw new IllegalArgumentException(
          "expected 'atSign = host:port', for example '@alice = localhost:6464'");
    }
    return Map.entry(AtSign.of(line.substring(0, equals)), HostPort.of(line.substring(equals + 1)));
  }

  RecordsText with(AtSign atSign, HostPort address) {
    List<String> changed = new ArrayList<>(without(atSign).lines);
    int first = firstLine(atSign);
    changed.add(first < 0 ? changed.size() : first, atSign + " = " + address);
    return of(changed);
  }

  RecordsText without(AtSign atSign) {
    return of(lines.stream().filter(line -> !names(line, atSign)).toList());
  }

  private int firstLine(AtSign atSign) {
    for (int i = 0; i < lines.size(); i++) {
      if (names(lines.get(i), atSign)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean names(String line, AtSign atSign) {
    return atSignOf(line.trim()).equals(Optional.of(atSign));
  }

  private static Optional<AtSign> atSignOf(String line) {
    int equals = line.indexOf('=');
    if (equals < 0 || line.startsWith("#")) {
      return Optional.empty();
    }
    try {
      return Optional.of(AtSign.of(line.substring(0, equals)));
    } catch (IllegalArgumentException e) {
      // Not an atSign, so not the one that is looked for.
      return Optional.empty();
    }
  }
}
