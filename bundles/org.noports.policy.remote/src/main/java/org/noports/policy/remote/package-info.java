/**
 * Decides by asking a policy atSign, of our make or another (docs/protocol/noports.md 7). Fixed by
 * the wire: the messages; free to change: everything else.
 */
package org.noports.policy.remote;
