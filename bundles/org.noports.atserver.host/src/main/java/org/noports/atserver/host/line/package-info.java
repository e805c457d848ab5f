/**
 * The atServer's ports: lines in, answers out, each answer and its prompt in one write.
 *
 * <p>The framing is fixed by docs/protocol/atprotocol.md 0, 2 and 13.
 */
package org.noports.atserver.host.line;
