/**
 * Bytes and text to records and back: atProtocol verbs, .atKeys, session messages, relay
 * hand-shakes. Pure.
 */
@org.osgi.annotation.versioning.Version("1.0.0")
package org.noports.protocol;
