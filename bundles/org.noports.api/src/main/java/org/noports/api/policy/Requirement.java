package org.noports.api.policy;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import org.noports.api.tunnel.Level;

/**
 * What a session has to be against quantum computers; said by either end's configuration, or by the
 * policy with a {@link Decision.Permit}. A session that is less is refused by {@link
 * org.noports.api.RequirementUnmet}.
 *
 * @param secrecy level L3: what is recorded now stays secret
 * @param authentication both ends sign by ML-DSA-65 as well: nobody else can pass for one of them
 */
public record Requirement(boolean secrecy, boolean authentication) {
  /** Nothing. */
  public static final Requirement NONE = new Requirement(false, false);

  private static final String SECRECY = "pq-secrecy";
  private static final String AUTHENTICATION = "pq-authentication";
  private static final String BOTH = "both";

  /**
   * Reads {@code pq-secrecy}, {@code pq-authentication}, {@code both}, or nothing for {@link
   * #NONE}.
   *
   * @throws IllegalArgumentException with a full sentence, if it is anything else
   */
  public static Requirement of(String text) {
    List<String> words =
        Arrays.stream(requireNonNull(text, "text is null").split(","))
            .map(String::strip)
            .filter(word -> !word.isEmpty())
            .toList();
    if (!List.of(SECRECY, AUTHENTICATION, BOTH).containsAll(words)) {
      throw new IllegalArgumentException(
          "require = "
              + text
              + " is none of "
              + SECRECY
              + ", "
              + AUTHENTICATION
              + ", both, or empty for nothing");
    }
    boolean both = words.contains(BOTH);
    return new Requirement(both || words.contains(SECRECY), both || words.contains(AUTHENTICATION));
  }

  /** What this and {@code other} require. */
  public Requirement and(Requirement other) {
    return new Requirement(secrecy || other.secrecy, authentication || other.authentication);
  }

  /** Whether a session of that level is secret enough. */
  public boolean permits(Level level) {
    return !secrecy || level.compareTo(Level.L3) >= 0;
  }

  /** What of this a session lacks. */
  public Requirement unmet(boolean secret, boolean authenticated) {
    return new Requirement(secrecy && !secret, authentication && !authenticated);
  }

  /** For people: {@code pq-secrecy and pq-authentication}, or one of the two. */
  public String words() {
    return toString().equals(BOTH) ? SECRECY + " and " + AUTHENTICATION : toString();
  }

  /** The form that {@link #of} reads: {@code both}, one of the two words, or the empty text. */
  @Override
  public String toString() {
    if (secrecy && authentication) {
      return BOTH;
    }
    return secrecy ? SECRECY : authentication ? AUTHENTICATION : "";
  }
}
