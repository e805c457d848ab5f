/** RelayTransport "tcp": dials a relay port and authenticates there. */
package org.noports.relay.client;
