package org.noports.protocol.verb;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Asks for keys of one's own to an atSign, or decides about somebody's (docs/protocol/atprotocol.md
 * 3.6).
 *
 * @param operation what is asked
 * @param force whether one's own enrollment may be revoked
 * @param namespace of {@link Operation#LISTNS}
 * @param params what it is about
 */
public record Enroll(
    Operation operation, boolean force, Optional<String> namespace, EnrollParams params)
    implements Verb {
  /** What can be asked. */
  public enum Operation {
    REQUEST,
    APPROVE,
    DENY,
    REVOKE,
    UNREVOKE,
    DELETE,
    LIST,
    FETCH,
    /** Newer: who else may use a namespace. */
    LISTNS,
    /** Newer: an enrollment changes what is its own. */
    UPDATE;

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Enroll {
    requireNonNull(operation, "operation is null");
    requireNonNull(params, "params is null");
    requireNonNull(namespace, "namespace is null").ifPresent(OneLine::of);
  }

  /** An operation with what it is about. */
  public static Enroll of(Operation operation, EnrollParams params) {
    return new Enroll(operation, false, Optional.empty(), params);
  }

  static Enroll read(Cursor rest) throws VerbFailure {
    String word = rest.peek();
    Operation operation =
        Arrays.stream(Operation.values())
            .filter(known -> known.wire().equalsIgnoreCase(word))
            .findFirst()
            .orElseThrow(
                () ->
                    VerbFailure.syntax(
                        "Invalid syntax. Expected"
                            + " enroll:request|approve|deny|revoke|unrevoke|delete|list|fetch:{json}"));
    rest.take(word);
    boolean force = rest.take("force");
    if (rest.atEnd()) {
      return new Enroll(operation, force, Optional.empty(), EnrollParams.NONE);
    }
    String argument = rest.rest();
    return operation == Operation.LISTNS && !argument.startsWith("{")
        ? new Enroll(operation, force, Optional.of(argument), EnrollParams.NONE)
        : new Enroll(operation, force, Optional.empty(), EnrollParams.parse(argument));
  }

  @Override
  public String toLine() {
    return "enroll:"
        + operation.wire()
        + (force ? ":force" : "")
        + namespace.map(name -> ":" + name).orElse("")
        + (params.equals(EnrollParams.NONE) ? "" : ":" + params.json().toJson());
  }

  @Override
  public String toString() {
    return "Enroll[" + operation.wire() + "]";
  }
}
