/**
 * The verbs of the atProtocol: {@link org.noports.atserver.host.verb.VerbTable} is the table of
 * contents, each verb family is one small class.
 *
 * <p>What verbs mean and answer is fixed by docs/protocol/atprotocol.md 3. No socket is seen here:
 * a verb gets a command and a dialogue, and returns a reply.
 */
package org.noports.atserver.host.verb;
