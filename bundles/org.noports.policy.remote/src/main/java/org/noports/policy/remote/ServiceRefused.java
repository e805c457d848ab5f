package org.noports.policy.remote;

/** The policy service is there, and does not answer this question: a no. */
final class ServiceRefused extends Exception {
  private static final long serialVersionUID = 1L;

  ServiceRefused(String why) {
    super(ReadAnswer.line(why));
  }
}
