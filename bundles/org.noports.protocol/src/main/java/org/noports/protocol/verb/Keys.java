package org.noports.protocol.verb;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps an enrollment's own keys at the atServer (docs/protocol/atprotocol.md 3.5).
 *
 * @param operation what is asked
 * @param visibility which kind of keys; empty for one key by its name
 * @param keyName the full name for {@link Operation#GET} and {@link Operation#DELETE}, a plain one
 *     for {@link Operation#PUT}
 * @param said the other parameters of {@link Operation#PUT}, by name
 * @param value what is put
 */
public record Keys(
    Operation operation,
    Optional<Visibility> visibility,
    Optional<String> keyName,
    Map<String, String> said,
    Optional<String> value)
    implements Verb {
  /** The parameters of a put, beside the key's name, in the order of the grammar. */
  public static final String NAMESPACE = "namespace";

  public static final String APP_NAME = "appName";
  public static final String DEVICE_NAME = "deviceName";
  public static final String KEY_TYPE = "keyType";
  public static final String ENCRYPTION_KEY_NAME = "encryptionKeyName";

  private static final String[] PARAMETERS = {
    NAMESPACE, APP_NAME, DEVICE_NAME, KEY_TYPE, ENCRYPTION_KEY_NAME
  };
  private static final String SYNTAX =
      "Invalid syntax. Expected keys:put|get|delete with keyName or public|private|self";

  /** What can be asked. */
  public enum Operation {
    PUT,
    GET,
    DELETE;

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Who may read a key that is kept. */
  public enum Visibility {
    PUBLIC,
    PRIVATE,
    SELF;

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Keys {
    requireNonNull(operation, "operation is null");
    requireNonNull(visibility, "visibility is null");
    requireNonNull(keyName, "keyName is null").ifPresent(OneLine::of);
    said = Map.copyOf(requireNonNull(said, "said is null"));
    requireNonNull(value, "value is null").ifPresent(OneLine::of);
  }

  /** Reads one key by its full name. */
  public static Keys get(String keyName) {
    return new Keys(
        Operation.GET, Optional.empty(), Optional.of(keyName), Map.of(), Optional.empty());
  }

  static Keys read(Cursor rest) throws VerbFailure {
    Operation operation = null;
    for (Operation known : Operation.values()) {
      operation = operation == null && rest.take(known.wire()) ? known : operation;
    }
    if (operation == null) {
      throw VerbFailure.syntax(SYNTAX);
    }
    if (operation == Operation.PUT) {
      return put(rest);
    }
    Optional<Visibility> visibility =
        operation == Operation.GET ? visibility(rest) : Optional.empty();
    if (visibility.isPresent() && rest.atEnd()) {
      return new Keys(operation, visibility, Optional.empty(), Map.of(), Optional.empty());
    }
    if (visibility.isPresent() || !rest.take("keyName") || rest.atEnd()) {
      throw VerbFailure.syntax(SYNTAX);
    }
    String name = rest.rest().strip().toLowerCase(Locale.ROOT);
    return new Keys(operation, visibility, Optional.of(name), Map.of(), Optional.empty());
  }

  private static Optional<Visibility> visibility(Cursor rest) {
    return Arrays.stream(Visibility.values()).filter(known -> rest.take(known.wire())).findFirst();
  }

  private static Keys put(Cursor rest) throws VerbFailure {
    Optional<Visibility> visibility = visibility(rest);
    Map<String, String> said = new LinkedHashMap<>();
    for (String name : PARAMETERS) {
      rest.parameter(name).ifPresent(value -> said.put(name, value));
    }
    Optional<String> keyName = rest.parameter("keyName");
    Optional<String> value = rest.spaced();
    if (visibility.isEmpty() || keyName.isEmpty() || value.isEmpty()) {
      throw VerbFailure.syntax(SYNTAX);
    }
    return new Keys(Operation.PUT, visibility, keyName, said, value);
  }

  @Override
  public String toLine() {
    StringBuilder line = new StringBuilder("keys:").append(operation.wire());
    visibility.ifPresent(kind -> line.append(':').append(kind.wire()));
    for (String name : PARAMETERS) {
      if (said.containsKey(name)) {
        line.append(':').append(name).append(':').append(said.get(name));
      }
    }
    keyName.ifPresent(name -> line.append(":keyName:").append(name));
    value.ifPresent(text -> line.append(' ').append(text));
    return line.toString();
  }

  @Override
  public String toString() {
    return "Keys[" + operation.wire() + "]";
  }
}
