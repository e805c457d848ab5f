package org.noports.directory.server;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.noports.api.AtSign;
import org.noports.api.HostPort;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every sentence that this bundle logs. */
final class DirectoryServerLog {
  private static final Logger LOG = LoggerFactory.getLogger("org.noports.directory.server");

  private DirectoryServerLog() {}

  static void listening(InetSocketAddress address) {
    LOG.info("directory-listening: the atDirectory answers on {}", address);
  }

  static void notListening(String why) {
    LOG.error("directory-not-listening: {}", why);
  }

  static void certificateRenewed(Path certificate) {
    LOG.info("directory-certificate-read: new connections are shown {}", certificate);
  }

  static void certificateUnusable(String why) {
    LOG.error("directory-certificate-unusable: {}; the one before stays in use", why);
  }

  static void read(Path file, int count) {
    LOG.info("directory-records-read: {} has {} records", file, count);
  }

  static void readStore(int count) {
    LOG.info("directory-records-read: the store has {} records", count);
  }

  static void strangeRecord(String key, String why) {
    LOG.warn("directory-record-wrong: the store's record '{}' is skipped: {}", key, why);
  }

  static void complaint(Path file, String complaint) {
    LOG.warn("directory-record-wrong: in {}, {}", file, complaint);
  }

  static void trouble(String sentence) {
    LOG.error("directory-records-unusable: {}", sentence);
  }

  static void registered(AtSign atSign, HostPort address) {
    LOG.info("directory-registered: {} is at {}", atSign, address);
  }

  static void removed(AtSign atSign) {
    LOG.info("directory-removed: {} has no record any more", atSign);
  }

  static void turnedAway(String limit, long count) {
    LOG.warn(
        "directory-full: {} are taken, the next connection was closed; {} since the start",
        limit,
        count);
  }

  static void guessing(int atOnce, int perMinute) {
    LOG.warn(
        "directory-guessing: a client address asks for more unknown names than {} at once and {}"
            + " per minute (missesAtOnce, missesPerMinute) and is slowed down",
        atOnce,
        perMinute);
  }
}
