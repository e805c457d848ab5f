/**
 * How clients ask devices for access for a time, and what they are answered
 * (docs/protocol/access.md): ours alone, in envelopes that are signed as those of sessions are.
 */
@org.osgi.annotation.versioning.Version("1.0.0")
package org.noports.protocol.access;
