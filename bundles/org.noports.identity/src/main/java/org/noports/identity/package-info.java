/**
 * Key files, key cutting, sign and unwrap for an atSign; the only place where private keys live.
 *
 * <p>Free to change: everything but the format of key files, which other programs read and write
 * (docs/protocol/atprotocol.md section 6). RSA and AES are the JDK's own; Bouncy Castle builds the
 * certificates and nothing else, and is never registered as a provider.
 */
package org.noports.identity;
