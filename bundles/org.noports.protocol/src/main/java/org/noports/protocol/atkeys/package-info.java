/**
 * The key file of an atSign as text and as a value (docs/protocol/atprotocol.md 6). Its field names
 * are fixed by the other programs that read it; encryption of the fields is the business of whoever
 * holds the keys.
 */
@org.osgi.annotation.versioning.Version("1.0.0")
package org.noports.protocol.atkeys;
