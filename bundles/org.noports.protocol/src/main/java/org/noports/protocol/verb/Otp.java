package org.noports.protocol.verb;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Asks for a one-time code, or sets the passcode that may be used again
 * (docs/protocol/atprotocol.md 3.7).
 *
 * @param passcode to be set; empty asks for a code
 * @param ttlMillis how long it is good; the atServer's default if empty
 */
public record Otp(Optional<String> passcode, Optional<Long> ttlMillis) implements Verb {
  private static final Pattern PASSCODE = Pattern.compile("\\w{6,128}");

  public Otp {
    requireNonNull(passcode, "passcode is null")
        .filter(text -> !PASSCODE.matcher(text).matches())
        .ifPresent(
            text -> {
              throw new IllegalArgumentException("A passcode has 6 to 128 letters and digits");
            });
    requireNonNull(ttlMillis, "ttlMillis is null");
  }

  /** Asks for a one-time code. */
  public static Otp get(Optional<Long> ttlMillis) {
    return new Otp(Optional.empty(), ttlMillis);
  }

  static Otp read(Cursor rest) throws VerbFailure {
    String passcode = "";
    if (!rest.take("get")) {
      passcode =
          rest.parameter("put")
              .filter(text -> PASSCODE.matcher(text).matches())
              .orElseThrow(
                  () ->
                      VerbFailure.syntax(
                          "Invalid syntax. Expected otp:get or otp:put:6 letters or more"));
    }
    Optional<String> ttl = rest.parameter("ttl");
    if (!rest.atEnd()) {
      throw VerbFailure.syntax("Invalid syntax. Expected otp:get[:ttl:ms] or otp:put:x[:ttl:ms]");
    }
    Optional<Long> millis = Optional.empty();
    if (ttl.isPresent()) {
      millis = Optional.of(Math.min(VerbReader.number("ttl", ttl.get()), MetadataChange.MAX_TIME));
    }
    return new Otp(Optional.of(passcode).filter(text -> !text.isEmpty()), millis);
  }

  @Override
  public String toLine() {
    return "otp:"
        + passcode.map(text -> "put:" + text).orElse("get")
        + ttlMillis.map(millis -> ":ttl:" + millis).orElse("");
  }

  @Override
  public String toString() {
    return passcode.isPresent() ? "Otp[put]" : "Otp[get]";
  }
}
