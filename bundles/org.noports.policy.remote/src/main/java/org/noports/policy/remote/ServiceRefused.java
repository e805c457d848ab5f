package org.noports.policy.remote;

/** The policy service is there, and does not answer this question: a no. */
final class ServiceRefused extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean failed;

  /**
   * @param failed whether it could not answer, rather than would not
   */
  ServiceRefused(String why, boolean failed) {
    super(ReadAnswer.line(why));
    this.failed = failed;
  }

  boolean failed() {
    return failed;
  }
}
