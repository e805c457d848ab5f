package org.noports.policy.rules.imported;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.noports.api.AtSign;
import org.noports.api.DeviceName;
import org.noports.policy.rules.book.Place;
import org.noports.policy.rules.yaml.Flaw;
import org.noports.policy.rules.yaml.Node;

/** The words of old policies, as books write them. */
final class OldWords {
  /** What may stand between quotes in a condition. */
  private static final Pattern PLAIN = Pattern.compile("[a-zA-Z0-9_.-]{1,64}");

  /** A host that is compared by its address in books, and as text before. */
  private static final Pattern ADDRESS = Pattern.compile("(?i)localhost|[0-9.]+|\\[.*");

  final List<String> notes = new ArrayList<>();

  static String atSign(String text) {
    return AtSign.of(text).name();
  }

  static String deviceName(String text) {
    return DeviceName.of(text).name();
  }

  static String deviceGroup(String text) {
    if (!PLAIN.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' cannot be a device group in a book: expected letters, digits, _ - or .");
    }
    return text;
  }

  /** One entry of a permitOpen list. */
  String place(Node node) {
    if (!(node instanceof Node.Text text)) {
      throw new Flaw(node.line(), "a place has to be a text, as in \"localhost:22\"");
    }
    return place(node.line(), text.value().strip());
  }

  String place(int line, String place) {
    String host = place.substring(0, Math.max(0, place.lastIndexOf(':')));
    try {
      if (host.isEmpty() || host.length() > 1 && host.indexOf('*') >= 0 || host.contains("/")) {
        throw new IllegalArgumentException("expected host:port, *:port, host:* or *:*");
      }
      if (place.substring(host.length()).indexOf('-') >= 0) {
        throw new IllegalArgumentException("a range of ports is none there");
      }
      Place.of(place);
    } catch (IllegalArgumentException e) {
      throw new Flaw(line, "'" + place + "' is no place of such a policy: " + e.getMessage());
    }
    if (ADDRESS.matcher(host).matches()) {
      notes.add(
          "line "
              + line
              + ": "
              + place
              + " was compared as text; in a book it is the address, by whatever name");
    }
    return place;
  }

  /** The value of a key that is a list, which may be empty. */
  static List<Node> items(Node node, String what) {
    if (node instanceof Node.Items items) {
      return items.items();
    }
    throw new Flaw(node.line(), what + " has to be a list");
  }
}
