package org.noports.ssh.client.words;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.noports.ssh.client.words.PortForward.Kind;
import org.noports.ssh.client.words.SshRequest.Pty;
import org.noports.ssh.client.words.SshRequest.Work;

/**
 * Reads the words behind {@code noports ssh} for the client that is built in: OpenSSH's letters and
 * keywords as far as it has what they mean; every other is refused by name.
 */
public final class SshWords {
  private static final String WITH_VALUE = "BbcDEeFIiJLlmOoPpQRSWw";
  private static final int CONTROL = 0x1f;

  private final LoginWords login = new LoginWords();
  private final List<PortForward> forwards = new ArrayList<>();
  private final Map<String, String> variables = new LinkedHashMap<>();
  private final List<String> command = new ArrayList<>();
  private final DeviceWords device = new DeviceWords();
  private Work work = Work.COMMAND;
  private Optional<String> place = Optional.empty();
  private Pty pty = Pty.USUAL;
  private boolean strictForwards;
  private boolean everywhere;
  private boolean agent;
  private boolean noInput;
  private OptionalInt escape = OptionalInt.of('~');

  private SshWords() {}

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException with a full sentence
   */
  public static SshRequest of(List<String> words) {
    SshWords read = new SshWords();
    read.all(words.iterator());
    return read.request();
  }

  private void all(Iterator<String> words) {
    boolean optionsOver = false;
    while (words.hasNext()) {
      String word = words.next();
      if (!command.isEmpty() || optionsOver && device.isComplete()) {
        command.add(word);
      } else if (word.equals("--")) {
        optionsOver = true;
      } else if (word.startsWith("--") && !optionsOver) {
        longOption(word, words);
      } else if (word.length() > 1 && word.startsWith("-") && !optionsOver) {
        letters(word.substring(1), words);
      } else if (device.isComplete()) {
        command.add(word);
      } else {
        device.take(word);
      }
    }
  }

  private void longOption(String word, Iterator<String> rest) {
    int equals = word.indexOf('=');
    String name = equals < 0 ? word : word.substring(0, equals);
    if (name.equals("--print-command") || name.equals("--by")) {
      throw new IllegalArgumentException(
          "'" + name + "' is for OpenSSH's ssh, and for a terminal: noports ssh " + name + " ...");
    }
    if (login.ours(word)) {
      return;
    }
    String value = equals < 0 ? next(name, rest) : word.substring(equals + 1);
    if (name.equals("--name")) {
      device.name(value);
    } else if (!login.ours(name, value)) {
      throw new IllegalArgumentException(
          "There is no option '" + name + "'; noports help ssh lists them");
    }
  }

  private static String next(String option, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException("Option '" + option + "' needs a value");
    }
    return rest.next();
  }

  private void letters(String group, Iterator<String> rest) {
    for (int at = 0; at < group.length(); at++) {
      char letter = group.charAt(at);
      if (WITH_VALUE.indexOf(letter) >= 0) {
        String joined = group.substring(at + 1);
        valued(letter, joined.isEmpty() ? next("-" + letter, rest) : joined);
        return;
      }
      flag(letter);
    }
  }

  private void flag(char letter) {
    switch (letter) {
      case 'A' -> agent = true;
      case 'a' -> agent = false;
      case 'C' -> login.compress();
      case 'g' -> everywhere = true;
      case 'N' -> work = Work.NOTHING;
      case 'n' -> noInput = true;
      case 'q' -> login.quiet();
      case 's' -> work = Work.SUBSYSTEM;
      case 'T' -> pty = Pty.NEVER;
      case 't' -> pty = pty == Pty.ASKED || pty == Pty.FORCED ? Pty.FORCED : Pty.ASKED;
      case 'v' -> login.verbose();
      case 'x', 'k' -> {
        // Neither windows nor tickets go along with this client: that is so already.
      }
      case 'X', 'Y' -> throw new IllegalArgumentException(windows());
      default -> throw foreign("-" + letter);
    }
  }

  private static String windows() {
    return "The device's windows (X11) are shown by OpenSSH's ssh alone: install it (Debian:"
        + " apt-get install openssh-client xauth) and leave out --by builtin";
  }

  private void valued(char letter, String value) {
    switch (letter) {
      case 'L' -> forwards.add(PortForward.of(Kind.LOCAL, value));
      case 'R' -> forwards.add(PortForward.of(Kind.REMOTE, value));
      case 'D' -> forwards.add(PortForward.of(Kind.DYNAMIC, value));
      case 'W' -> {
        work = Work.PLACE;
        place = Optional.of(value);
      }
      case 'e' -> escape = escape(value);
      case 'i' -> login.identity(value);
      case 'l' -> login.user(value);
      case 'p' -> login.port(value);
      case 'o' -> keyword(value);
      default -> throw foreign("-" + letter);
    }
  }

  private static IllegalArgumentException foreign(String option) {
    return new IllegalArgumentException(
        "'"
            + option
            + "' is for OpenSSH's ssh; the client that is built in does not have it (noports help"
            + " ssh says what it has)");
  }

  private void keyword(String text) {
    String[] both = text.trim().split("\\s*=\\s*|\\s+", 2);
    if (both.length < 2) {
      throw new IllegalArgumentException("'-o " + text + "' lacks a value: write KEYWORD=VALUE");
    }
    if (!login.keyword(both[0], both[1]) && !ofSession(both[0].toLowerCase(Locale.ROOT), both[1])) {
      throw foreign("-o " + both[0]);
    }
  }

  private boolean ofSession(String key, String value) {
    switch (key) {
      case "requesttty" -> pty = tty(value);
      case "forwardagent" -> agent = LoginWords.yes(key, value);
      case "exitonforwardfailure" -> strictForwards = LoginWords.yes(key, value);
      case "gatewayports" -> everywhere = LoginWords.yes(key, value);
      case "stdinnull" -> noInput = LoginWords.yes(key, value);
      case "localforward" -> forwards.add(PortForward.of(Kind.LOCAL, value));
      case "remoteforward" -> forwards.add(PortForward.of(Kind.REMOTE, value));
      case "dynamicforward" -> forwards.add(PortForward.of(Kind.DYNAMIC, value));
      case "escapechar" -> escape = escape(value);
      case "setenv" -> variable(value);
      case "forwardx11" -> {
        if (LoginWords.yes(key, value)) {
          throw new IllegalArgumentException(windows());
        }
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void variable(String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw new IllegalArgumentException("'SetEnv " + text + "': write NAME=VALUE");
    }
    variables.put(text.substring(0, equals), text.substring(equals + 1));
  }

  private static Pty tty(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "no" -> Pty.NEVER;
      case "auto" -> Pty.USUAL;
      case "yes" -> Pty.ASKED;
      case "force" -> Pty.FORCED;
      default ->
          throw new IllegalArgumentException(
              "RequestTTY is no, auto, yes or force, not '" + value + "'");
    };
  }

  private static OptionalInt escape(String value) {
    if (value.equals("none")) {
      return OptionalInt.empty();
    }
    if (value.length() == 2 && value.charAt(0) == '^') {
      return OptionalInt.of(value.charAt(1) & CONTROL);
    }
    if (value.length() != 1) {
      throw new IllegalArgumentException("'-e " + value + "': one key, ^KEY or none");
    }
    return OptionalInt.of(value.charAt(0));
  }

  private SshRequest request() {
    device.user().ifPresent(login::user);
    LoginRequest where = login.to(device.device());
    Work doing = work == Work.COMMAND && command.isEmpty() ? Work.SHELL : work;
    Optional<String> line =
        command.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", command));
    if (doing == Work.SUBSYSTEM && line.isEmpty()) {
      throw new IllegalArgumentException("Which subsystem? Its name is behind the device's");
    }
    return new SshRequest(
        where,
        doing,
        doing == Work.PLACE ? place : line,
        pty,
        forwards,
        strictForwards,
        everywhere,
        agent,
        noInput,
        escape,
        variables);
  }
}
