package org.noports.cipher.modern;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every event sentence of this bundle; the word in front is the event's stable name. */
final class ModernLog {
  static final String NAME = "org.noports.cipher.modern";
  private static final Logger LOG = LoggerFactory.getLogger(NAME);

  private ModernLog() {}

  static void otherEngine(List<String> missing) {
    LOG.warn(
        "engine-missing: this JDK lacks {}; ciphers are computed by what comes first", missing);
  }
}
