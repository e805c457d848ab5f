package org.noports.identity;

/** Field names of a key file, fixed by the programs of the atPlatform (atprotocol.md 6). */
final class AtKeysFields {
  static final String PKAM_PUBLIC = "aesPkamPublicKey";
  static final String PKAM_PRIVATE = "aesPkamPrivateKey";
  static final String ENCRYPT_PUBLIC = "aesEncryptPublicKey";
  static final String ENCRYPT_PRIVATE = "aesEncryptPrivateKey";
  static final String SELF_KEY = "selfEncryptionKey";
  static final String ENROLLMENT_ID = "enrollmentId";

  private AtKeysFields() {}
}
