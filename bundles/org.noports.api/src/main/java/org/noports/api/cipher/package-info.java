/**
 * Algorithms as plug-ins: what a cipher bundle implements, and the catalogue through which
 * everybody else finds one. Speaks {@link java.nio.ByteBuffer} and base64 text; which algorithm a
 * peer means by which name is fixed by the wire, the set that is present is not.
 */
@org.osgi.annotation.versioning.Version("1.0.0")
package org.noports.api.cipher;
