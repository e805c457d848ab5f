/**
 * Our own keys: which atSigns this machine is, and what can be done in their name. Private keys
 * never cross this package: callers hand in bytes and get signatures or clear text back. Key
 * formats are fixed by the atPlatform (RSA-2048, SHA-256, PKCS#1 v1.5; base64 of X.509 and PKCS#8).
 */
@org.osgi.annotation.versioning.Version("1.0.0")
package org.noports.api.identity;
