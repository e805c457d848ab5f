package org.noports.cipher.classic;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every event sentence of this bundle; the word in front is the event's stable name. */
final class ClassicLog {
  static final String NAME = "org.noports.cipher.classic";
  private static final Logger LOG = LoggerFactory.getLogger(NAME);

  private ClassicLog() {}

  static void otherEngine(List<String> missing) {
    LOG.warn(
        "engine-missing: this JDK lacks {}; ciphers are computed by what comes first", missing);
  }

  static void noKeyPair(String reason) {
    LOG.warn("key-pair-not-made: {}; the next session tries again", reason);
  }
}
