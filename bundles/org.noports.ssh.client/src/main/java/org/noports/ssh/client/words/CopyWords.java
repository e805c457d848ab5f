package org.noports.ssh.client.words;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the words behind {@code noports cp}: scp's letters, and devices by their names. */
public final class CopyWords {
  /** {@code [USER@]NAME@ATSIGN:PATH}; what has a slash before its colon is a file here. */
  private static final Pattern PLACE_THERE =
      Pattern.compile("(?:([^/:]*)@)?([A-Za-z0-9_][A-Za-z0-9_-]*@[^\\s/:@]+):(.*)", Pattern.DOTALL);

  private final LoginWords login = new LoginWords();
  private final List<String> places = new ArrayList<>();
  private Optional<String> device = Optional.empty();
  private boolean folders;
  private boolean preserve;

  private CopyWords() {}

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException with a full sentence
   */
  public static CopyRequest of(List<String> words) {
    CopyWords read = new CopyWords();
    boolean optionsOver = false;
    for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
      String word = rest.next();
      if (optionsOver || word.length() < 2 || !word.startsWith("-")) {
        read.places.add(word);
      } else if (word.equals("--")) {
        optionsOver = true;
      } else if (word.startsWith("--")) {
        read.longOption(word, rest);
      } else {
        read.letters(word.substring(1), rest);
      }
    }
    return read.request();
  }

  private void longOption(String word, Iterator<String> rest) {
    int equals = word.indexOf('=');
    String name = equals < 0 ? word : word.substring(0, equals);
    if (login.ours(word)) {
      return;
    }
    if (equals < 0 && !rest.hasNext()) {
      throw new IllegalArgumentException("Option '" + name + "' needs a value");
    }
    if (!login.ours(name, equals < 0 ? rest.next() : word.substring(equals + 1))) {
      throw none(name);
    }
  }

  private static IllegalArgumentException none(String option) {
    return new IllegalArgumentException(
        "There is no option '" + option + "'; noports cp --help lists them");
  }

  private void letters(String group, Iterator<String> rest) {
    for (int at = 0; at < group.length(); at++) {
      char letter = group.charAt(at);
      if ("ioP".indexOf(letter) >= 0) {
        String joined = group.substring(at + 1);
        if (joined.isEmpty() && !rest.hasNext()) {
          throw new IllegalArgumentException("Option '-" + letter + "' needs a value");
        }
        valued(letter, joined.isEmpty() ? rest.next() : joined);
        return;
      }
      flag(letter);
    }
  }

  private void flag(char letter) {
    switch (letter) {
      case 'r' -> folders = true;
      case 'p' -> preserve = true;
      case 'q' -> login.quiet();
      case 'v' -> login.verbose();
      case 'C' -> login.compress();
      default -> throw none("-" + letter);
    }
  }

  private void valued(char letter, String value) {
    if (letter == 'i') {
      login.identity(value);
    } else if (letter == 'P') {
      login.port(value);
    } else {
      String[] both = value.trim().split("\\s*=\\s*|\\s+", 2);
      if (both.length < 2 || !login.keyword(both[0], both[1])) {
        throw none("-o " + value);
      }
    }
  }

  private CopyRequest request() {
    if (places.size() < 2) {
      throw new IllegalArgumentException("What is to be copied, and where to? --help shows how");
    }
    int last = places.size() - 1;
    Matcher target = PLACE_THERE.matcher(places.get(last));
    boolean upload = target.matches();
    List<String> sources = new ArrayList<>();
    for (String source : places.subList(0, last)) {
      sources.add(source(source, upload));
    }
    String where = upload ? there(target) : places.get(last);
    String named =
        device.orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Neither side is at a device: write dev1@device:PATH for the one that is"));
    return new CopyRequest(login.to(named), upload, sources, where, folders, preserve);
  }

  private String source(String text, boolean upload) {
    Matcher source = PLACE_THERE.matcher(text);
    boolean remote = source.matches();
    if (remote && upload) {
      throw new IllegalArgumentException(
          "Both sides are at a device: copy here first, and on from here");
    }
    if (!remote && !upload && device.isPresent()) {
      throw new IllegalArgumentException(
          "'" + text + "' and where it goes are both here: write dev1@device:PATH for a device's");
    }
    return remote ? there(source) : text;
  }

  private String there(Matcher place) {
    String name = place.group(2).toLowerCase(Locale.ROOT);
    if (device.filter(other -> !other.equals(name)).isPresent()) {
      throw new IllegalArgumentException(
          "One device at a time, not " + device.get() + " and " + name);
    }
    device = Optional.of(name);
    if (place.group(1) != null && !place.group(1).isEmpty()) {
      login.user(place.group(1));
    }
    return place.group(3);
  }
}
