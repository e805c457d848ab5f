/**
 * Answers as a policy atSign: what devices ask, of our make or another, is decided by the
 * evaluators of this process. Fixed by the wire: the messages (docs/protocol/noports.md 7); free to
 * change: everything else.
 */
package org.noports.policy.host;
