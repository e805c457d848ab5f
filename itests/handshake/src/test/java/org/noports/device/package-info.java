/** The door through which the tests of the handshake reach the device as its bundle would. */
package org.noports.device;
