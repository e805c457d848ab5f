package org.noports.ssh.client.words;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whom to reach: {@code [USER@]NAME@ATSIGN}, {@code @ATSIGN NAME}, or one with {@code --name}. */
final class DeviceWords {
  private static final Pattern DEVICE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]*@[^\\s@]+");

  private String name = "";
  private String atSign = "";
  private Optional<String> user = Optional.empty();

  boolean isComplete() {
    return !name.isEmpty() && !atSign.isEmpty();
  }

  void name(String value) {
    if (!name.isEmpty()) {
      throw new IllegalArgumentException("Two device names: '" + name + "' and '" + value + "'");
    }
    name = value;
  }

  void take(String word) {
    int last = word.lastIndexOf('@');
    if (last < 0) {
      name(word);
      return;
    }
    atSign = word.substring(last);
    String before = word.substring(0, last);
    int user = before.lastIndexOf('@');
    this.user = user < 0 ? Optional.empty() : Optional.of(before.substring(0, user));
    String named = before.substring(user + 1);
    if (!named.isEmpty()) {
      name(named);
    }
  }

  Optional<String> user() {
    return user;
  }

  /** {@code dev1@device}, in the one way it is written. */
  String device() {
    String device = (name + atSign).toLowerCase(Locale.ROOT);
    if (!DEVICE.matcher(device).matches()) {
      throw new IllegalArgumentException(
          "'" + device + "' names no device: write dev1@device, or @device dev1");
    }
    return device;
  }
}
