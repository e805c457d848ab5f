/**
 * What is said on a relay's port before and beside the payload: the signed line, the challenge and
 * its encrypted signed answer, and the messages of the control channel (docs/protocol/noports.md
 * 4).
 *
 * <p>Every byte is fixed by the wire. Signing and AES are passed in as functions, since the keys
 * live elsewhere.
 */
@org.osgi.annotation.versioning.Version("1.0.0")
package org.noports.protocol.relay;
