package org.noports.atserver.pq;

import org.noports.api.AtSign;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every event sentence of this bundle; the word in front is the event's stable name. */
final class PqLog {
  private static final Logger LOG = LoggerFactory.getLogger(NamespaceKeys.NAME);

  private PqLog() {}

  static void withoutKey(AtSign writer, AtSign reader) {
    LOG.warn(
        "value-not-post-quantum: {} writes to {} as every client does, since {} publishes no"
            + " post-quantum key and withoutKey says legacy (told once)",
        writer,
        reader,
        reader);
  }

  /** Once for each reader's key and week, and after a start. */
  static void conveyed(AtSign writer, AtSign reader, String key, PeerKeys.Found to) {
    LOG.info(
        "content-key-conveyed: {} writes to {} under content key {}, sealed to {} of {}",
        writer,
        reader,
        key,
        to.key(),
        to.namespace());
  }

  static void published(NamespaceKeys.Place place, String kid) {
    LOG.info("namespace-key-published: {} has key {}", place, kid);
  }

  static void notPublished(String why) {
    LOG.warn("namespace-key-not-published: {}; tried again each minute", why);
  }

  static void unreadable(String why) {
    LOG.error("namespace-keys-unreadable: {}", why);
  }
}
