/**
 * Algorithms that a quantum computer does not break, computed by the JDK where it has them and is
 * faster, else by Bouncy Castle's light-weight API: no security provider is registered, so nothing
 * outlives the bundle. What they compute is fixed by FIPS 203, FIPS 204 and
 * draft-connolly-cfrg-xwing-kem-10; how keys travel, by docs/protocol/np2.md 2 and
 * docs/protocol/atprotocol.md 3.3.
 */
package org.noports.cipher.pq;
