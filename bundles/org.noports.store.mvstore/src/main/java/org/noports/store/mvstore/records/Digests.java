package org.noports.store.mvstore.records;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digest of a file of records. */
final class Digests {
  private Digests() {}

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
