/**
 * NP2 as bytes: what stands on a link, and how its keys come from a session's secrets. Fixed by
 * docs/protocol/np2.md.
 */
@org.osgi.annotation.versioning.Version("1.0.0")
package org.noports.protocol.np2;
