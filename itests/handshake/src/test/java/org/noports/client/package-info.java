/** The door through which the tests of the handshake reach the client as its bundle would. */
package org.noports.client;
