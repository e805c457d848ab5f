package org.noports.protocol.relay;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.noports.api.AtSign;
import org.noports.protocol.session.MessageNames;

/**
 * Where an authentication public key is published: {@code public:_apsk.<enrollment>.a.__e@x}. Only
 * records of active keys ({@code a}) are accepted (docs/protocol/noports.md 4.2).
 *
 * @param enrollmentId the enrollment, or {@code primary}
 * @param owner whose key
 */
public record SigningKeyUri(String enrollmentId, AtSign owner) {
  private static final Pattern FORM =
      Pattern.compile("(?:public:)?_apsk\\.([A-Za-z0-9_-]+)\\.a\\.__e@([^@:\\s]+)");

  public SigningKeyUri {
    requireNonNull(enrollmentId, "enrollmentId is null");
    requireNonNull(owner, "owner is null");
  }

  /** Where {@code owner}'s key of that enrollment is, or of its first keys if there is none. */
  public static SigningKeyUri of(Optional<String> enrollmentId, AtSign owner) {
    return new SigningKeyUri(enrollmentId.orElse(MessageNames.PRIMARY_ENROLLMENT), owner);
  }

  /** Reads the text; empty if it is anything but the record of an active key. */
  public static Optional<SigningKeyUri> find(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new SigningKeyUri(matcher.group(1), AtSign.of(matcher.group(2))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The record's name without {@code public:} and owner. */
  public String name() {
    return MessageNames.apsk(enrollmentId);
  }

  @Override
  public String toString() {
    return "public:" + name() + owner;
  }
}
