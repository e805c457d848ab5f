package com.example.opa;

import java.net.URI;
import java.time.Duration;

/**
 * Whom to ask, and for how long.
 *
 * @param document where the decision stands: OPA's address, {@code /v1/data/} and the path
 * @param connect for the connection
 * @param answer for all of it, connection and answer
 * @param again after which what runs is asked for once more: nobody tells when OPA's data change
 */
record OpaSettings(URI document, Duration connect, Duration answer, Duration again) {
  private static final String DATA = "/v1/data/";

  /** The device gives up on a third party's evaluator after five seconds. */
  private static final int MOST_MILLIS = 4500;

  /**
   * Reads a configuration.
   *
   * @throws IllegalArgumentException with a full sentence
   */
  static OpaSettings of(OpaEvaluator.Config config) {
    String path = config.path().strip();
    if (!path.matches("[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*")) {
      throw new IllegalArgumentException(
          "path = " + path + " is no document's, as in noports/decision");
    }
    URI base = URI.create(config.url().strip());
    if (!"http".equals(base.getScheme()) && !"https".equals(base.getScheme())
        || base.getHost() == null) {
      throw new IllegalArgumentException(
          "url = " + base + " is none, as in http://127.0.0.1:8181 or https://opa.example");
    }
    return new OpaSettings(
        URI.create(base.toString().replaceAll("/+$", "") + DATA + path),
        Duration.ofMillis(within("connectMillis", config.connectMillis(), 1, MOST_MILLIS)),
        Duration.ofMillis(within("answerMillis", config.answerMillis(), 1, MOST_MILLIS)),
        Duration.ofSeconds(within("againSeconds", config.againSeconds(), 1, 86_400)));
  }

  private static int within(String key, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          key + " = " + value + " is not between " + least + " and " + most);
    }
    return value;
  }

  /** What audits name: the decision's path. */
  String rule() {
    return "opa:" + document.getPath().substring(document.getPath().indexOf(DATA) + DATA.length());
  }
}
