package org.noports.api.policy.fence;

/**
 * Why an evaluator did not decide, in words: the exception itself would hold the plug-in's classes.
 */
public final class NotDecided extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Of what an exception says: a sentence of a log has to stay one. */
  private static final int MOST_WORDS = 200;

  /** Whether it broke the contract; an evaluator may well say that it could not find out. */
  private final boolean fault;

  private NotDecided(String words, boolean fault) {
    super(words, null, false, false);
    this.fault = fault;
  }

  static NotDecided fault(String words) {
    return new NotDecided(words, true);
  }

  static NotDecided excused(String words) {
    return new NotDecided(words, false);
  }

  boolean isFault() {
    return fault;
  }

  /** What an exception of the plug-in says. Runs its code: on its threads only. */
  static String words(Throwable thrown) {
    String name = thrown.getClass().getName();
    try {
      String all = name + ": " + thrown.getMessage();
      return all.substring(0, Math.min(all.length(), MOST_WORDS)).replaceAll("\\p{Cntrl}", " ");
    } catch (Throwable e) {
      return name;
    }
  }

  @Override
  public String toString() {
    return getMessage();
  }
}
