/** Hands out port pairs, authenticates both sides, splices. */
package org.noports.relay.server;
