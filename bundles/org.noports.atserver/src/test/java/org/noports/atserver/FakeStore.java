package org.noports.atserver;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What all atServers of a fake world hold: values and notifications. */
final class FakeStore {
  private static final Pattern METADATA =
      Pattern.compile(
          "^:(ttl|ttr|ccd|dataSignature|isEncrypted|sharedKeyEnc|pubKeyCS|encoding|ivNonce|immutable|appMetadata)"
              + ":([^:@\\s]+)");

  final Map<String, Stored> values = new ConcurrentHashMap<>();
  final List<Told> told = new CopyOnWriteArrayList<>();

  record Stored(String value, Map<String, String> metadata) {
    String all(String key) {
      return "{\"key\":\""
          + key
          + "\",\"data\":\""
          + value.replace("\\", "\\\\").replace("\"", "\\\"")
          + "\",\"metaData\":"
          + json(metadata)
          + "}";
    }
  }

  record Told(
      String id,
      String from,
      String to,
      String key,
      String value,
      long at,
      Map<String, String> metadata) {
    String line() {
      return "notification: {\"id\":\""
          + id
          + "\",\"from\":\""
          + from
          + "\",\"to\":\""
          + to
          + "\",\"key\":\""
          + key
          + "\",\"value\":\""
          + value
          + "\",\"operation\":\"update\",\"epochMillis\":"
          + at
          + ",\"messageType\":\"MessageType.key\",\"isEncrypted\":"
          + metadata.getOrDefault("isEncrypted", "true")
          + ",\"metadata\":"
          + json(metadata)
          + "}\n";
    }
  }

  /** Takes leading metadata off {@code text}, into {@code into}. */
  static String takeMetadata(String text, Map<String, String> into) {
    Matcher matcher = METADATA.matcher(text);
    String rest = text;
    while (matcher.find()) {
      into.put(matcher.group(1), matcher.group(2));
      rest = rest.substring(matcher.end());
      matcher = METADATA.matcher(rest);
    }
    return rest;
  }

  String update(String rest) {
    Map<String, String> metadata = new LinkedHashMap<>();
    String keyAndValue = takeMetadata(rest, metadata);
    int space = keyAndValue.indexOf(' ');
    String key = keyAndValue.substring(1, space);
    Stored before = values.get(key);
    if (before != null && before.metadata.containsKey("immutable")) {
      return "error:AT0016-Invalid key : " + key + " is immutable\n";
    }
    values.put(key, new Stored(keyAndValue.substring(space + 1), metadata));
    return "data:" + values.size() + "\n";
  }

  String find(String key, boolean all) {
    Stored found = values.get(key);
    if (found == null) {
      return "error:AT0015-key not found : " + key + " does not exist in keystore\n";
    }
    return "data:" + (all ? found.all(key) : found.value) + "\n";
  }

  String scan(String regex) {
    Pattern wanted = Pattern.compile(regex);
    return values.keySet().stream()
        .filter(key -> wanted.matcher(key).find())
        .sorted()
        .collect(Collectors.joining("\",\"", "data:[\"", "\"]\n"));
  }

  private static String json(Map<String, String> metadata) {
    return metadata.entrySet().stream()
        .map(each -> "\"" + each.getKey() + "\":" + literal(each.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String literal(String value) {
    boolean bare = value.equals("true") || value.equals("false") || value.matches("-?\\d+");
    return bare ? value : "\"" + value + "\"";
  }
}
