package org.noports.protocol.verb;

/** The texts that an {@link Enroll} may name (docs/protocol/atprotocol.md 3.6). */
public enum EnrollField {
  ENROLLMENT_ID("enrollmentId"),
  APP_NAME("appName"),
  DEVICE_NAME("deviceName"),
  /** A one-time code, or the passcode that its owner has set. */
  OTP("otp"),
  ENCRYPTED_PRIVATE_KEY("encryptedDefaultEncryptionPrivateKey"),
  /** Newer: base64 of the IV with which the private key was encrypted; zeros if it is absent. */
  PRIVATE_KEY_IV("encPrivateKeyIV"),
  ENCRYPTED_SELF_KEY("encryptedDefaultSelfEncryptionKey"),
  /** Newer: base64 of the IV with which the self encryption key was encrypted. */
  SELF_KEY_IV("selfEncKeyIV"),
  ENCRYPTED_SYMMETRIC_KEY("encryptedAPKAMSymmetricKey"),
  APKAM_PUBLIC_KEY("apkamPublicKey"),
  /** Newer: the algorithm of the APKAM key. */
  SIGNING_ALGO("signingAlgo"),
  /** Newer: the signing key to publish, as a bare RSA key. */
  APSK_LEGACY("apskLegacy"),
  /** Newer: shows that whoever changes the APKAM key has the new one. */
  APKAM_SIGNATURE("apkamPublicKeySignature");

  private final String json;

  EnrollField(String json) {
    this.json = json;
  }

  public String json() {
    return json;
  }
}
