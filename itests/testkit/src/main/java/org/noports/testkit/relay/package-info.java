/** Relays, and what stands before them, that do what nobody wants of one. */
package org.noports.testkit.relay;
