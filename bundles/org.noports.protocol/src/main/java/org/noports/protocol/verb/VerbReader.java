package org.noports.protocol.verb;

import java.util.Locale;
import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.ProtocolViolation;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.key.AtKey;

/** Reads a command: finds the verb by its name and hands what follows to that verb's grammar. */
final class VerbReader {
  private VerbReader() {}

  static Verb read(String line) throws VerbFailure {
    String command = line.strip();
    int end = 0;
    while (end < command.length() && command.charAt(end) != ':' && command.charAt(end) != ' ') {
      end++;
    }
    String name = command.substring(0, end).toLowerCase(Locale.ROOT);
    String rest = command.substring(end);
    if (rest.indexOf('\n') >= 0 || rest.indexOf('\r') >= 0) {
      throw VerbFailure.syntax("Invalid syntax. A command is one line");
    }
    if (LaterVerb.NAMES.contains(name)) {
      return new LaterVerb(name, rest);
    }
    return read(name, new Cursor(rest));
  }

  private static Verb read(String name, Cursor rest) throws VerbFailure {
    return switch (name) {
      case "from" -> from(rest);
      case "cram" -> new Cram(rest.rest());
      case "pkam" -> pkam(rest);
      case "pol" -> end(rest, new Pol());
      case "to" -> new To(atSign(rest.rest()));
      case "lookup", "plookup", "llookup", "scan" -> LookupGrammar.read(name, rest);
      case "update", "delete" -> StoreGrammar.read(name, rest);
      case "notify" -> NotifyGrammar.read(rest);
      case "monitor" -> monitor(rest);
      case "noop" -> new Noop(number("noop", rest.rest()));
      case "info" -> info(rest);
      case "sync" -> UpkeepGrammar.sync(rest);
      case "stats" -> UpkeepGrammar.stats(rest);
      case "config" -> ConfigGrammar.read(rest);
      case "batch" -> Batch.read(rest.rest());
      case "enroll" -> Enroll.read(rest);
      case "otp" -> Otp.read(rest);
      case "keys" -> Keys.read(rest);
      default -> throw VerbFailure.syntax("invalid command");
    };
  }

  private static Verb from(Cursor cursor) throws VerbFailure {
    String rest = cursor.rest();
    int colon = rest.indexOf(':');
    if (colon < 0) {
      return new From(visitor(rest), Optional.empty());
    }
    String key = ":clientConfig:";
    if (!rest.regionMatches(true, colon, key, 0, key.length())) {
      throw VerbFailure.syntax("Invalid syntax. Expected from:@atsign[:clientConfig:{json}]");
    }
    try {
      JsonObject config = JsonObject.parse("clientConfig", rest.substring(colon + key.length()));
      return new From(visitor(rest.substring(0, colon)), Optional.of(config));
    } catch (ProtocolViolation e) {
      throw VerbFailure.syntax("Invalid syntax. " + e.getMessage());
    }
  }

  /** Who says a name that is none is not spoken with any longer. */
  private static AtSign visitor(String text) throws VerbFailure {
    if (text.isEmpty()) {
      throw VerbFailure.syntax("Invalid syntax. Expected from:@atsign[:clientConfig:{json}]");
    }
    try {
      return AtSign.of(text);
    } catch (IllegalArgumentException e) {
      throw new VerbFailure(ErrorCode.INTERNAL_EXCEPTION, "invalid atsign", true);
    }
  }

  private static Verb pkam(Cursor rest) throws VerbFailure {
    Optional<String> signing = rest.parameter("signingAlgo");
    Optional<String> hashing = rest.parameter("hashingAlgo");
    Optional<String> enrollment = rest.parameter("enrollmentId");
    String signature = rest.rest();
    if (signature.isEmpty() || signature.indexOf(':') >= 0) {
      throw VerbFailure.syntax(
          "Invalid syntax. Expected pkam:[signingAlgo:x:][hashingAlgo:x:][enrollmentId:x:]signature");
    }
    return new Pkam(
        signing.map(algo -> algo.toLowerCase(Locale.ROOT)),
        hashing.map(algo -> algo.toLowerCase(Locale.ROOT)),
        enrollment,
        signature);
  }

  private static Verb monitor(Cursor rest) throws VerbFailure {
    boolean strict = false;
    boolean self = false;
    boolean multiplexed = false;
    Optional<Long> epoch = Optional.empty();
    while (!rest.peek().isEmpty()) {
      String word = rest.peek();
      if (rest.take("strict")) {
        strict = true;
      } else if (rest.take("selfNotifications")) {
        self = true;
      } else if (rest.take("multiplexed")) {
        multiplexed = true;
      } else {
        epoch = Optional.of(number("monitor", word));
        rest.take(word);
      }
    }
    return new Monitor(strict, self, multiplexed, epoch, rest.spaced());
  }

  private static Verb info(Cursor rest) throws VerbFailure {
    for (Info.Part part : Info.Part.values()) {
      if (part != Info.Part.FULL && rest.take(part.wire())) {
        return end(rest, new Info(part));
      }
    }
    return end(rest, new Info(Info.Part.FULL));
  }

  private static Verb end(Cursor rest, Verb verb) throws VerbFailure {
    if (!rest.atEnd()) {
      throw VerbFailure.syntax("Invalid syntax. Nothing may follow " + verb.toLine());
    }
    return verb;
  }

  static long number(String what, String text) throws VerbFailure {
    try {
      long number = Long.parseLong(text);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Falls through to the one error.
    }
    throw VerbFailure.syntax("Invalid syntax. Expected a number for " + what);
  }

  static AtSign atSign(String text) throws VerbFailure {
    try {
      return AtSign.of(text);
    } catch (IllegalArgumentException e) {
      throw VerbFailure.syntax("Invalid syntax. Not an atSign");
    }
  }

  static AtKey key(String text) throws VerbFailure {
    try {
      return AtKey.parse(text);
    } catch (ProtocolViolation e) {
      throw VerbFailure.syntax("Invalid syntax. Not a key");
    }
  }
}
