package org.noports.configuration;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.osgi.service.metatype.AttributeDefinition;

/** Whether a value can be what its definition says; files give text only. */
final class ValueCheck {
  private static final List<String> FLAGS = List.of("true", "false");

  private ValueCheck() {}

  /** Why {@code value} cannot be; empty if it can. */
  static Optional<String> wrong(AttributeDefinition definition, Object value) {
    String text = value.toString().trim();
    return switch (definition.getType()) {
      case AttributeDefinition.INTEGER, AttributeDefinition.LONG -> wrongNumber(definition, text);
      case AttributeDefinition.BOOLEAN ->
          FLAGS.contains(text.toLowerCase(Locale.ROOT))
              ? Optional.empty()
              : Optional.of("expected true or false");
      default -> invalid(definition, text);
    };
  }

  private static Optional<String> wrongNumber(AttributeDefinition definition, String text) {
    try {
      long number = Long.parseLong(text);
      if (definition.getType() == AttributeDefinition.INTEGER && (int) number != number) {
        return Optional.of("the number is too large");
      }
      return invalid(definition, text);
    } catch (NumberFormatException e) {
      return Optional.of("expected a whole number");
    }
  }

  private static Optional<String> invalid(AttributeDefinition definition, String text) {
    return Optional.ofNullable(definition.validate(text)).filter(reason -> !reason.isEmpty());
  }
}
