package org.noports.policy.rules.condition;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSource;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.parser.CelUnparserFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelUnknownSet;
import dev.cel.runtime.CelVariableResolver;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.noports.policy.rules.question.Network;
import org.noports.policy.rules.question.Question;

/**
 * What a rule says behind {@code when:}, compiled once. It neither loops nor calls anything
 * outside, so that it costs about what it is long. Equal by its text; may be asked by several
 * threads.
 */
public final class Condition {
  /** Nobody reads a longer one. */
  public static final int MOST_CHARACTERS = 1_000;

  /** Each part is computed once at most, since nothing loops. */
  public static final int MOST_PARTS = 200;

  private final String text;
  private final CelRuntime.Program program;
  private final Map<Long, Attribute> attributes;

  private Condition(String text, CelRuntime.Program program, Map<Long, Attribute> attributes) {
    this.text = text;
    this.program = program;
    this.attributes = attributes;
  }

  /**
   * Reads a condition.
   *
   * @throws ConditionInvalid with where and why, if it is none
   */
  public static Condition of(String text) throws ConditionInvalid {
    try {
      CelAbstractSyntaxTree tree = Language.COMPILER.compile(text).getAst();
      CelNavigableExpr root = CelNavigableAst.fromAst(tree).getRoot();
      long parts = root.allNodes().count();
      if (parts > MOST_PARTS) {
        throw new ConditionInvalid(
            "it has " + parts + " parts, and must have no more than " + MOST_PARTS, null);
      }
      root.allNodes().map(CelNavigableExpr::expr).forEach(Condition::checkLiteral);
      Map<Long, Attribute> attributes =
          root.allNodes()
              .filter(node -> attribute(node).isPresent())
              .collect(Collectors.toMap(CelNavigableExpr::id, node -> attribute(node).get()));
      return new Condition(text, Language.RUNTIME.createProgram(tree), Map.copyOf(attributes));
    } catch (CelValidationException | CelEvaluationException | IllegalArgumentException e) {
      throw new ConditionInvalid(e.getMessage(), e);
    }
  }

  /** A network or pattern that is written down is read now, not when the rule is needed. */
  private static void checkLiteral(CelExpr part) {
    if (part.getKind() != CelExpr.ExprKind.Kind.CALL || part.call().args().isEmpty()) {
      return;
    }
    CelExpr last = part.call().args().get(part.call().args().size() - 1);
    if (last.getKind() != CelExpr.ExprKind.Kind.CONSTANT) {
      return;
    }
    if (part.call().function().equals(Language.WITHIN)) {
      Network.of(last.constant().stringValue());
    } else if (part.call().function().equals(Language.MATCHES)) {
      Language.checkPattern(written(last));
    }
  }

  private static Optional<Attribute> attribute(CelNavigableExpr node) {
    return switch (node.expr().getKind()) {
      case IDENT -> Attribute.named(node.expr().ident().name());
      case SELECT ->
          node.expr().select().operand().getKind() == CelExpr.ExprKind.Kind.IDENT
              ? Attribute.named(
                  node.expr().select().operand().ident().name()
                      + "."
                      + node.expr().select().field())
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** Whether it may become another by the clock alone. */
  public boolean looksAtTheClock() {
    return attributes.values().stream().anyMatch(Attribute::isOfTheClock);
  }

  /** What it is for {@code question}, with {@code now} told in {@code zone}. */
  public Truth holds(Question question, ZoneId zone) {
    try {
      return truth(program.eval(values(question, zone)), question);
    } catch (CelEvaluationException | RuntimeException e) {
      return Truth.UNKNOWN;
    }
  }

  /** As {@link #holds}, and tells each part that was computed. */
  public Truth explain(Question question, ZoneId zone, Consumer<Step> steps) {
    try {
      Object value =
          program.trace(
              values(question, zone),
              (part, partial) -> {
                if (part.getKind() != CelExpr.ExprKind.Kind.CONSTANT) {
                  steps.accept(new Step(written(part), shown(partial, question)));
                }
              });
      return truth(value, question);
    } catch (CelEvaluationException | RuntimeException e) {
      steps.accept(new Step(text, "failed: " + e.getMessage()));
      return Truth.UNKNOWN;
    }
  }

  private static CelVariableResolver values(Question question, ZoneId zone) {
    return word -> Attribute.named(word).flatMap(attribute -> attribute.in(question, zone));
  }

  private Truth truth(Object value, Question question) {
    if (value instanceof CelUnknownSet unknown) {
      return isPending(unknown, question) ? Truth.PENDING : Truth.UNKNOWN;
    }
    return value instanceof Boolean known ? Truth.of(known) : Truth.UNKNOWN;
  }

  private boolean isPending(CelUnknownSet unknown, Question question) {
    return unknown.unknownExprIds().stream()
        .map(attributes::get)
        .anyMatch(attribute -> attribute != null && attribute.isPending(question));
  }

  private String shown(Object value, Question question) {
    if (value instanceof CelUnknownSet unknown) {
      return isPending(unknown, question) ? "pending" : "missing";
    }
    return value instanceof String written ? "'" + written + "'" : String.valueOf(value);
  }

  private static String written(CelExpr part) {
    return CelUnparserFactory.newUnparser()
        .unparse(CelAbstractSyntaxTree.newParsedAst(part, CelSource.newBuilder().build()));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Condition condition && condition.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** As it was written. */
  @Override
  public String toString() {
    return text;
  }
}
