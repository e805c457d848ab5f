package org.noports.atserver.host.record;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A peer's regular expression that cannot hold a thread: every look at a character is counted, and
 * a search that needs too many ends with {@link TooCostly}.
 *
 * <p>Used by scan and monitor (docs/protocol/atprotocol.md 3.8, 3.15): unanchored and
 * case-sensitive.
 */
public final class GuardedPattern {
  /** Matches everything; what a command without a regular expression means. */
  public static final GuardedPattern ALL = new GuardedPattern(Pattern.compile(""));

  /** A key has at most 255 characters: honest expressions need a few looks for each. */
  private static final int MAX_LOOKS = 50_000;

  private static final int MAX_LENGTH = 1_024;

  private final Pattern pattern;

  private GuardedPattern(Pattern pattern) {
    this.pattern = pattern;
  }

  /**
   * Compiles what the peer sent.
   *
   * @throws IllegalArgumentException with a sentence, if it is none or too long
   */
  public static GuardedPattern of(String regex) {
    if (regex.equals(".*")) {
      return ALL;
    }
    if (regex.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "regular expression longer than " + MAX_LENGTH + " characters");
    }
    try {
      return new GuardedPattern(Pattern.compile(regex));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "not a regular expression: " + e.getDescription() + " at character " + e.getIndex(), e);
    } catch (StackOverflowError e) {
      throw new IllegalArgumentException("regular expression nested too deeply", e);
    }
  }

  /**
   * Whether {@code text} holds a match.
   *
   * @throws TooCostly if finding out takes too many steps
   */
  public boolean foundIn(String text) {
    if (this == ALL) {
      return true;
    }
    Matcher matcher = pattern.matcher(new CountedText(text, new int[1]));
    try {
      return matcher.find();
    } catch (StackOverflowError e) {
      throw new TooCostly();
    }
  }

  /** The expression backtracks without end. */
  public static final class TooCostly extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooCostly() {
      super("regular expression takes too many steps; write it without nested repetition");
    }
  }

  private record CountedText(CharSequence text, int[] looks) implements CharSequence {
    @Override
    public char charAt(int index) {
      if (++looks[0] > MAX_LOOKS) {
        throw new TooCostly();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new CountedText(text.subSequence(start, end), looks);
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
