package org.noports.policy.rules.condition;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import org.noports.policy.rules.question.Network;

/** CEL as conditions use it: our attributes, one function more, and nothing that loops or grows. */
final class Language {
  static final String WITHIN = "within";
  static final String MATCHES = "matches";

  /** Deeper ones are a bomb, or cannot be read. */
  private static final int MOST_DEPTH = 50;

  /** Instructions of a regular expression, which RE2 runs once for each character. */
  private static final int MOST_REGEX = 500;

  private static final String OVERLOAD = "within_text_text";
  private static final CelOptions LIMITS =
      CelOptions.current()
          .maxExpressionCodePointSize(Condition.MOST_CHARACTERS)
          .maxParseRecursionDepth(MOST_DEPTH)
          .maxRegexProgramSize(MOST_REGEX)
          .enableStringConcatenation(false)
          .enableListConcatenation(false)
          .enableComprehension(false)
          .build();

  static final CelCompiler COMPILER = compiler();
  static final CelRuntime RUNTIME =
      CelRuntimeFactory.standardCelRuntimeBuilder()
          .setOptions(LIMITS)
          .addFunctionBindings(
              CelFunctionBinding.from(OVERLOAD, String.class, String.class, Language::within))
          .build();

  private Language() {}

  private static CelCompiler compiler() {
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(LIMITS)
            .setResultType(SimpleType.BOOL)
            .addFunctionDeclarations(
                CelFunctionDecl.newFunctionDeclaration(
                    WITHIN,
                    CelOverloadDecl.newMemberOverload(
                        OVERLOAD, SimpleType.BOOL, SimpleType.STRING, SimpleType.STRING)));
    for (Attribute attribute : Attribute.values()) {
      builder.addVar(attribute.word(), type(attribute.type()));
    }
    return builder.build();
  }

  /** Fails for a literal that is no pattern, or too large a one: CEL would find out when asked. */
  static void checkPattern(String literal) {
    try {
      RUNTIME.createProgram(COMPILER.compile("''.matches(" + literal + ")").getAst()).eval();
    } catch (CelValidationException | CelEvaluationException e) {
      throw new IllegalArgumentException(literal + " is no pattern: " + e.getMessage(), e);
    }
  }

  private static CelType type(Attribute.Type type) {
    return switch (type) {
      case TEXT -> SimpleType.STRING;
      case NUMBER -> SimpleType.INT;
      case FLAG -> SimpleType.BOOL;
      case TEXTS -> ListType.create(SimpleType.STRING);
    };
  }

  /** Fails for what is no address: a condition about it is unknown then. */
  private static Object within(String address, String network) {
    return Network.of(network)
        .contains(
            Network.address(address)
                .orElseThrow(() -> new IllegalArgumentException(address + " is no address")));
  }
}
